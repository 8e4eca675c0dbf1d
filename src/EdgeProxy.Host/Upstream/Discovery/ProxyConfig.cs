using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>The content of the proxy config.</summary>
/// <param name="Environments">The valid environments, in the order of the config.</param>
/// <param name="Problems">The problems, which have no effect otherwise.</param>
internal sealed record ProxyConfig(IReadOnlyList<ListedEnvironment> Environments, IReadOnlyList<Problem> Problems);
