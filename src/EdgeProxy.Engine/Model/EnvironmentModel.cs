namespace EdgeProxy.Engine.Model;

/// <summary>
/// Everything that evaluation knows of an environment, as plain immutable data. Read from an environment document,
/// or built by hand; compiled into a snapshot before anything is evaluated.
/// </summary>
public sealed record EnvironmentModel
{
    /// <summary>The environment key (the client-side key); the first half of an identity key.</summary>
    public required string Key { get; init; }

    /// <summary>The environment's name; empty where a document has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The environment's own state of each feature, in the order they are answered. A repeated name keeps its first
    /// place and its last content.
    /// </summary>
    public IReadOnlyList<FeatureState> Features { get; init; } = [];

    /// <summary>Segments in the order they are evaluated; on equal priority the earlier one wins.</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>Overrides for single identities; stronger than any segment override.</summary>
    public IReadOnlyList<IdentityOverride> IdentityOverrides { get; init; } = [];

    /// <summary>When the environment last changed; null where a document does not say.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>True to leave disabled flags out of answers to clients (docs/spec/sdk-api.md 2.4).</summary>
    public bool HideDisabledFlags { get; init; }

    /// <summary>Ids of features to leave out of answers to clients (docs/spec/sdk-api.md 2.4).</summary>
    public IReadOnlySet<long> ServerKeyOnlyFeatureIds { get; init; } = new HashSet<long>();

    /// <summary>Whether traits that a client sends count; if not they are ignored.</summary>
    public bool AllowClientTraits { get; init; } = true;

    /// <summary>Whether answers leave traits out.</summary>
    public bool HideSensitiveData { get; init; }
}
