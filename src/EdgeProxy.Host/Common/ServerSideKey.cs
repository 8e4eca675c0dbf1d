namespace EdgeProxy.Host.Common;

/// <summary>A server-side key of an environment.</summary>
/// <param name="Key">The key.</param>
/// <param name="ExpiresAt">The expiry time; null for never.</param>
internal sealed record ServerSideKey(string Key, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Determines whether the key is still valid.</summary>
    public bool IsUsable(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}
