namespace EdgeProxy.Engine.Model;

/// <summary>The state of a feature in one place: the environment, a segment override or an identity override
/// (docs/spec/evaluation.md 1.3).</summary>
public sealed record FeatureState
{
    /// <summary>The name of the feature, by which overrides refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>The seed of variants (docs/spec/evaluation.md 2.4): identities keep their variant as long as it stays the same.</summary>
    public string Key { get; init; } = "";

    /// <summary>The id of the feature in answers; null if the model has none.</summary>
    public long? FeatureId { get; init; }

    /// <summary>The type of the feature in answers. Only that of the environment's own state is used (docs/spec/evaluation.md 2.7).</summary>
    public string Type { get; init; } = StandardType;

    /// <summary>True if the feature is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>The value if no variant is picked.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>The variants of a multivariate feature (docs/spec/evaluation.md 1.4); empty for others.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>
    /// Anything the caller wants to find again on a result. Rendered with the flag as it came if it is a
    /// <see cref="System.Text.Json.JsonElement"/> that is an object, as those of documents are; otherwise never looked at.
    /// </summary>
    public object? Metadata { get; init; }

    /// <summary>The type of a feature that does not have one.</summary>
    public const string StandardType = "STANDARD";
}
