using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>An environment that the warm-up asks for.</summary>
/// <param name="Key">The key that the warm-up's server knows it by; no client has it.</param>
/// <param name="Published">The version that answers.</param>
/// <param name="IsOwn">True if nobody else has its snapshot, so that forms which are kept can be requested: compressed ones, and those of OFREP.</param>
internal sealed record WarmUpEnvironment(string Key, PublishedEnvironment Published, bool IsOwn);
