using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>What the compiler hands over to become a snapshot.</summary>
internal sealed class SnapshotParts
{
    /// <summary>What was compiled.</summary>
    public required EnvironmentModel Model { get; init; }

    /// <summary>The values that conditions look at.</summary>
    public required SnapshotSlots Slots { get; init; }

    /// <summary>The part of the context that whole queries need.</summary>
    public required ContextQueries Queries { get; init; }

    /// <summary>All segments, in order.</summary>
    public required SegmentPlan[] Segments { get; init; }

    /// <summary>How many answers a frame must have room to remember.</summary>
    public required int RememberedAnswers { get; init; }

    /// <summary>The numbers of the features' names are their places in <see cref="Features"/>.</summary>
    public required Utf8Index FeatureNames { get; init; }

    /// <summary>How each feature is decided, in order.</summary>
    public required FeaturePlan[] Features { get; init; }

    /// <summary>The features whose flags depend on who asks.</summary>
    public required OverrideGroup[] OverrideGroups { get; init; }

    /// <summary>The dependencies between flags; null if no condition reads a flag.</summary>
    public required FlagDependencies? Dependencies { get; init; }

    /// <summary>The segment overrides of each feature, strongest first.</summary>
    public required OverrideCandidate[] Candidates { get; init; }

    /// <summary>The environment's own states and the overrides.</summary>
    public required StatePlan[] States { get; init; }

    /// <summary>What is different for single identities.</summary>
    public required IdentityOverrideTable IdentityOverrides { get; init; }

    /// <summary>Everything that can be answered.</summary>
    public required RenderedFlags Flags { get; init; }

    /// <summary>How many of the flags are of <see cref="States"/>: the first ones. The others are for single identities.</summary>
    public required int StateFlags { get; init; }
}
