namespace EdgeProxy.Host.Upstream;

/// <summary>The keys of a request to the upstream.</summary>
/// <param name="ServerSideKey">The environment's server-side key; null for a request that concerns no environment.</param>
/// <param name="ProxyKey">The proxy key, for discovered environments; else null.</param>
internal sealed record FetchKeys(string? ServerSideKey, string? ProxyKey = null);
