using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Host.Environments;

/// <summary>What a key opens.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Audience">What its holder is told.</param>
internal sealed record KeyBinding(EnvironmentState Environment, FlagAudience Audience);
