namespace EdgeProxy.Engine.Model;

/// <summary>The explanation of an evaluation (docs/spec/explain.md 1).</summary>
/// <param name="IdentityKey">The identity key, which seeds splits and variants; null without an identity.</param>
/// <param name="Flags">The flags, in the order of the environment's features; those that are hidden from clients, too.</param>
public sealed record EnvironmentExplanation(string? IdentityKey, IReadOnlyList<FlagExplanation> Flags);
