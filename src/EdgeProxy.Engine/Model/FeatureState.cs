using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Model;

/// <summary>What a feature is in one place: in the environment, in a segment override or in an identity override.</summary>
public sealed record FeatureState
{
    /// <summary>The feature's name; what binds an override to the environment's feature.</summary>
    public required string Name { get; init; }

    /// <summary>The seed of multivariate bucketing: identities keep their variant as long as it stays the same.</summary>
    public string Key { get; init; } = "";

    /// <summary>The feature's id as answers carry it; null where the model has none.</summary>
    public long? FeatureId { get; init; }

    /// <summary>The feature's type as answers carry it. Only the environment's own states are asked for it.</summary>
    public string Type { get; init; } = StandardType;

    /// <summary>Whether the feature is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>The value, when no variant is picked.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>The variants to choose from; empty for most features.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>
    /// Anything the caller wants to find again on a result. Rendered with the flag as it came if it is a
    /// <see cref="System.Text.Json.JsonElement"/> that is an object, as those of documents are; otherwise never looked at.
    /// </summary>
    public object? Metadata { get; init; }

    /// <summary>The type of a feature that says nothing of it.</summary>
    public const string StandardType = "STANDARD";
}
