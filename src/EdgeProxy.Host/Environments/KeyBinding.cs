using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>The environment and the access that a key gives.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Audience">The audience that its holder belongs to.</param>
/// <param name="ExpiresAt">The time when the key expires; null for never.</param>
internal sealed record KeyBinding(EnvironmentState Environment, FlagAudience Audience, DateTimeOffset? ExpiresAt = null);
