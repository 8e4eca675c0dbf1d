namespace EdgeProxy.Engine.Model;

/// <summary>
/// An environment as immutable data (docs/spec/evaluation.md 1). Read from an environment document, or built in code; compiled into a
/// snapshot before anything is evaluated.
/// </summary>
public sealed record EnvironmentModel
{
    /// <summary>The environment key, which is the client-side key; the first part of an identity key (docs/spec/evaluation.md 2.1).</summary>
    public required string Key { get; init; }

    /// <summary>The environment's name; empty where a document has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The environment's own state of each feature, in the order of answers. A repeated name keeps its first position
    /// and takes the last content (docs/spec/evaluation.md 1.3).
    /// </summary>
    public IReadOnlyList<FeatureState> Features { get; init; } = [];

    /// <summary>Segments in the order of evaluation; with equal priorities the earlier one wins (docs/spec/evaluation.md 2.2).</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>Overrides for single identities, stronger than every segment override (docs/spec/evaluation.md 2.3).</summary>
    public IReadOnlyList<IdentityOverride> IdentityOverrides { get; init; } = [];

    /// <summary>The time of the last change; null if a document does not say (docs/spec/evaluation.md 1.2).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>True to leave disabled flags out of answers to clients (docs/spec/sdk-api.md 2.4).</summary>
    public bool HideDisabledFlags { get; init; }

    /// <summary>Ids of features to leave out of answers to clients (docs/spec/sdk-api.md 2.4).</summary>
    public IReadOnlySet<long> ServerKeyOnlyFeatureIds { get; init; } = new HashSet<long>();

    /// <summary>
    /// True to evaluate the traits that clients send, and to store them, false to ignore them (docs/spec/sdk-api.md 4.6,
    /// docs/spec/traits.md 2.1).
    /// </summary>
    public bool AllowClientTraits { get; init; } = true;

    /// <summary>
    /// True to evaluate the traits that clients send, false to ignore them, whatever <see cref="AllowClientTraits"/> says;
    /// null to follow that (docs/spec/sdk-api.md 4.6).
    /// </summary>
    public bool? AllowClientTraitsInEvaluation { get; init; }

    /// <summary>False if the organisation wants no traits to be stored (docs/spec/traits.md 2.1).</summary>
    public bool PersistTraitData { get; init; } = true;

    /// <summary>True to leave traits out of answers (docs/spec/sdk-api.md 4.6).</summary>
    public bool HideSensitiveData { get; init; }
}
