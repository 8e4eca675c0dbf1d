using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>The origin of a rendered flag: the reason for an answer.</summary>
/// <param name="State">The feature state that won; null if everything about it can be read from the flag.</param>
/// <param name="Segment">The name of the segment whose override won; null if the environment's own state did.</param>
/// <param name="Variant">The variant that was picked; without its value if <paramref name="State"/> is null.</param>
/// <param name="IsControl">True if the feature has variants and none was picked.</param>
/// <param name="IsInError">True if the flag is part of a circular dependency, which is then the reason.</param>
internal readonly record struct FlagSource(
    FeatureState? State, string? Segment, Variant? Variant = null, bool IsControl = false, bool IsInError = false)
{
    /// <summary>An override of an identity, whose state can be read from the flag.</summary>
    public static readonly FlagSource Identity = new(State: null, IdentityOverrides);

    /// <summary>The segment name for identity overrides.</summary>
    public const string IdentityOverrides = "identity_overrides";

    private const string ControlVariant = "control";

    /// <summary>The first word of the reason, which clients get.</summary>
    public string ReasonName =>
        IsInError ? "ERROR"
        : Variant is not null ? "SPLIT"
        : Segment is not null ? "TARGETING_MATCH"
        : "DEFAULT";

    /// <summary>The whole reason (docs/spec/evaluation.md 2.5).</summary>
    public string Reason =>
        IsInError ? $"{ReasonName}; code=CIRCULAR_DEPENDENCY"
        : Variant is { } variant ? $"{ReasonName}; weight={variant.Weight.AsText()}"
        : Segment is { } segment ? $"{ReasonName}; segment={segment}"
        : ReasonName;

    /// <summary>The key of the variant for results with an identity; null if there is none, or it has no key.</summary>
    public string? VariantKey => Variant is { } variant ? variant.Key : IsControl ? ControlVariant : null;
}
