namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>A server-side key in the proxy config.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsActive">True if the key may be used, as long as it has not expired.</param>
/// <param name="ExpiresAt">The expiry time; null for never.</param>
internal sealed record ListedKey(string Key, bool IsActive, DateTimeOffset? ExpiresAt)
{
    /// <summary>Merges two entries of one key: it is valid only as far as both are.</summary>
    public ListedKey And(ListedKey other) => new(
        Key,
        IsActive && other.IsActive,
        ExpiresAt is null || other.ExpiresAt < ExpiresAt ? other.ExpiresAt : ExpiresAt);
}
