using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>The decision on a flag.</summary>
/// <param name="Flag">The result.</param>
/// <param name="State">The state that won.</param>
/// <param name="Kind">The kind of that state.</param>
/// <param name="Winner">The number of the segment override that won; -1 if none did.</param>
/// <param name="Verdicts">The segment of each override, strongest first.</param>
/// <param name="Variants">The choice of a variant; null if there was none to make.</param>
internal sealed record FlagDecision(
    FlagResult Flag, FeatureState State, OverrideKind Kind, int Winner, IReadOnlyList<SegmentExplanation> Verdicts, VariantsExplanation? Variants);
