using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>What a key opens.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Audience">What its holder is told.</param>
/// <param name="ExpiresAt">From when on it opens nothing any more; null for never.</param>
internal sealed record KeyBinding(EnvironmentState Environment, FlagAudience Audience, DateTimeOffset? ExpiresAt = null);
