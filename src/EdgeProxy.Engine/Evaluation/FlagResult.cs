using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A flag, and why it is what it is (evaluation.md, section 2).</summary>
public sealed record FlagResult
{
    /// <summary>The feature's name.</summary>
    public required string Name { get; init; }

    /// <summary>The feature's id; null where the model has none.</summary>
    public long? FeatureId { get; init; }

    /// <summary>Whether the feature is on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The feature's value.</summary>
    public required ScalarValue Value { get; init; }

    /// <summary><c>DEFAULT</c>, <c>TARGETING_MATCH; segment=…</c>, <c>SPLIT; weight=…</c> or <c>ERROR; code=…</c>.</summary>
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
            Reason = source.Reason,
            Variant = hasIdentity ? source.VariantKey : null, // without an identity there is none to pick
            Metadata = state.Metadata,
        };
    }
}
