using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A flag, and why it is what it is (evaluation.md, section 2).</summary>
public sealed record FlagResult
{
    internal const string CircularDependency = "ERROR; code=CIRCULAR_DEPENDENCY";
    internal const string ControlVariant = "control";

    /// <summary>The feature's name.</summary>
    public required string Name { get; init; }

    /// <summary>The feature's id; null where the model has none.</summary>
    public long? FeatureId { get; init; }

    /// <summary>Whether the feature is on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The feature's value.</summary>
    public required ScalarValue Value { get; init; }

    /// <summary><c>DEFAULT</c>, <c>TARGETING_MATCH; segment=…</c>, <c>SPLIT; weight=…</c>, or
    /// <c>ERROR; code=CIRCULAR_DEPENDENCY</c> for a flag that was found to depend on itself.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The key of the variant that was picked, if it has one; <c>control</c> where there was somebody to pick one for and
    /// none was picked; else null.
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>What the model attached to the feature state that won.</summary>
    public object? Metadata { get; init; }

    internal static FlagResult Of(RenderedFlags flags, int flag, bool hasIdentity)
    {
        var source = flags.SourceOf(flag);
        var state = flags.StateOf(flag);
        return new FlagResult
        {
            Name = state.Name,
            FeatureId = state.FeatureId,
            Enabled = state.Enabled,
            Value = source.Variant?.Value ?? state.Value,
            Reason = ReasonOf(in source),
            Variant = source.Variant is { } variant ? variant.Key : source.IsControl && hasIdentity ? ControlVariant : null,
            Metadata = state.Metadata,
        };
    }

    internal static string ReasonOf(in FlagSource source)
    {
        if (source.Variant is { } variant)
        {
            return $"SPLIT; weight={variant.Weight.AsText()}";
        }

        return source.Segment is { } segment ? $"TARGETING_MATCH; segment={segment}" : "DEFAULT";
    }
}
