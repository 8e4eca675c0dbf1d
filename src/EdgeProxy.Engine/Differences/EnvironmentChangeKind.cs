namespace EdgeProxy.Engine.Differences;

/// <summary>The kinds of differences between two versions of an environment.</summary>
internal enum EnvironmentChangeKind
{
    /// <summary>A setting of the environment.</summary>
    Setting,

    /// <summary>A new feature.</summary>
    FeatureAdded,

    /// <summary>A feature that is gone.</summary>
    FeatureRemoved,

    /// <summary>The state of a feature, on or off, for all or for a segment.</summary>
    Enabled,

    /// <summary>The value of a feature, for all or for a segment.</summary>
    Value,

    /// <summary>The variants of a feature or their weights, for all or for a segment.</summary>
    Variants,

    /// <summary>The seed of the variants: identities may get other ones.</summary>
    Seed,

    /// <summary>The id, the type or the metadata of a feature.</summary>
    Details,

    /// <summary>The visibility of a feature: for all, or for servers only.</summary>
    Visibility,

    /// <summary>A new segment.</summary>
    SegmentAdded,

    /// <summary>A segment that is gone.</summary>
    SegmentRemoved,

    /// <summary>The name of a segment.</summary>
    SegmentName,

    /// <summary>A rule or a condition of a segment.</summary>
    SegmentRules,

    /// <summary>The order of segments, which decides between overrides of equal priority.</summary>
    SegmentOrder,

    /// <summary>A new override of a feature for a segment.</summary>
    OverrideAdded,

    /// <summary>An override of a feature for a segment that is gone.</summary>
    OverrideRemoved,

    /// <summary>The priority of an override.</summary>
    OverridePriority,

    /// <summary>Identities that got overrides.</summary>
    IdentityOverridesAdded,

    /// <summary>Identities that have no overrides any more.</summary>
    IdentityOverridesRemoved,

    /// <summary>Identities with other overrides.</summary>
    IdentityOverridesChanged,
}
