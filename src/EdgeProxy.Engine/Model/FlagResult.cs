namespace EdgeProxy.Engine.Model;

/// <summary>The result for one feature, with the reason (docs/spec/evaluation.md 2.5).</summary>
public sealed record FlagResult
{
    /// <summary>The name of the feature.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the feature; null if the model has none.</summary>
    public long? FeatureId { get; init; }

    /// <summary>True if the feature is on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The value of the feature.</summary>
    public required ScalarValue Value { get; init; }

    /// <summary>
    /// The reason: <c>DEFAULT</c>, <c>TARGETING_MATCH; segment=…</c> or <c>SPLIT; weight=…</c> (docs/spec/evaluation.md 2.5);
    /// <c>ERROR; code=CIRCULAR_DEPENDENCY</c> for a flag that depends on itself (docs/spec/flag-dependencies.md 4.2).
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The key of the variant that was picked, if it has one; <c>control</c> if the state has variants and none was
    /// picked for the identity; null otherwise (docs/spec/evaluation.md 2.5).
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>The metadata that the model attached to the feature state that won.</summary>
    public object? Metadata { get; init; }
}
