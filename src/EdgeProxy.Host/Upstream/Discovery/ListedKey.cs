namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>A server-side key as the proxy config lists it.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsActive">True if the key may be used, as long as it has not expired.</param>
/// <param name="ExpiresAt">From when on it opens nothing any more; null for never.</param>
internal sealed record ListedKey(string Key, bool IsActive, DateTimeOffset? ExpiresAt)
{
    /// <summary>A key that is listed twice: it is as little usable as either says.</summary>
    public ListedKey And(ListedKey other) => new(
        Key,
        IsActive && other.IsActive,
        ExpiresAt is null || other.ExpiresAt < ExpiresAt ? other.ExpiresAt : ExpiresAt);
}
