using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>The parts from which the compiler creates a snapshot.</summary>
internal sealed class SnapshotParts
{
    /// <summary>The compiled model without its lists, so that their texts need not be kept.</summary>
    public required EnvironmentModel Model { get; init; }

    /// <summary>The values that conditions read.</summary>
    public required SnapshotSlots Slots { get; init; }

    /// <summary>The part of the context for whole queries.</summary>
    public required ContextQueries Queries { get; init; }

    /// <summary>All segments, in order.</summary>
    public required SegmentPlan[] Segments { get; init; }

    /// <summary>The number of results that a frame caches.</summary>
    public required int RememberedAnswers { get; init; }

    /// <summary>The numbers of the features' names are their places in <see cref="Features"/>.</summary>
    public required Utf8Index FeatureNames { get; init; }

    /// <summary>The plan for each feature, in order.</summary>
    public required FeaturePlan[] Features { get; init; }

    /// <summary>The features whose flags depend on the request.</summary>
    public required OverrideGroup[] OverrideGroups { get; init; }

    /// <summary>The dependencies between flags; null if no condition reads a flag.</summary>
    public required FlagDependencies? Dependencies { get; init; }

    /// <summary>The segment overrides of each feature, strongest first.</summary>
    public required OverrideCandidate[] Candidates { get; init; }

    /// <summary>The environment's own states and the overrides.</summary>
    public required StatePlan[] States { get; init; }

    /// <summary>The overrides of single identities.</summary>
    public required IdentityOverrideTable IdentityOverrides { get; init; }

    /// <summary>The rendered flags.</summary>
    public required RenderedFlags Flags { get; init; }

    /// <summary>
    /// The number of flags that belong to <see cref="States"/>: the first ones. The others are for single identities.
    /// </summary>
    public required int StateFlags { get; init; }
}
