using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>What the proxy config says.</summary>
/// <param name="Environments">The environments that can be used, in its order.</param>
/// <param name="Problems">What is odd about it, and therefore without effect.</param>
internal sealed record ProxyConfig(IReadOnlyList<ListedEnvironment> Environments, IReadOnlyList<Problem> Problems);
