using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>An environment served because the proxy config lists it.</summary>
/// <param name="State">The environment.</param>
/// <param name="Name">The name in the config; null if it has none.</param>
internal sealed record DiscoveredEnvironment(EnvironmentState State, string? Name);
