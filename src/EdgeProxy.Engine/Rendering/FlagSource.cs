using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>What a rendered flag was rendered from: the reason for an answer.</summary>
/// <param name="State">The feature state that won.</param>
/// <param name="Segment">The name of the segment whose override won; null where the environment's own state did.</param>
/// <param name="Variant">The variant that was picked.</param>
/// <param name="IsControl">Whether there were variants to pick from and none was.</param>
internal readonly record struct FlagSource(FeatureState State, string? Segment, Variant? Variant = null, bool IsControl = false);
