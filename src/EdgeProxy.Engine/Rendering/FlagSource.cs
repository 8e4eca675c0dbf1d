using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>What a rendered flag was rendered from: the reason for an answer.</summary>
/// <param name="State">The feature state that won; null where all there is to know of it can be read from the flag.</param>
/// <param name="Segment">The name of the segment whose override won; null where the environment's own state did.</param>
/// <param name="Variant">The variant that was picked.</param>
/// <param name="IsControl">Whether there were variants to pick from and none was.</param>
internal readonly record struct FlagSource(FeatureState? State, string? Segment, Variant? Variant = null, bool IsControl = false)
{
    /// <summary>Where the override of an identity won, whose state can be read from the flag.</summary>
    public static readonly FlagSource Identity = new(State: null, IdentityOverrides);

    /// <summary>What stands for the segment where the override of an identity won.</summary>
    public const string IdentityOverrides = "identity_overrides";
}
