using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>An environment that is served because the proxy config lists it.</summary>
/// <param name="State">The environment.</param>
/// <param name="Name">What the config calls it; null if it does not say.</param>
internal sealed record DiscoveredEnvironment(EnvironmentState State, string? Name);
