namespace EdgeProxy.Host.Upstream;

/// <summary>The keys that something is fetched with.</summary>
/// <param name="ServerSideKey">The environment's server-side key; null for what belongs to no environment.</param>
/// <param name="ProxyKey">The proxy's own key, for what was found with it; else null.</param>
internal sealed record FetchKeys(string? ServerSideKey, string? ProxyKey = null);
