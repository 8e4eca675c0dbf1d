namespace EdgeProxy.Host.Upstream;

/// <summary>The keys that a document is fetched with.</summary>
/// <param name="ServerSideKey">The environment's server-side key.</param>
/// <param name="ProxyKey">The proxy's own key, for an environment that was found with it; else null.</param>
internal sealed record FetchKeys(string ServerSideKey, string? ProxyKey = null);
