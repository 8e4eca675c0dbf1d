namespace EdgeProxy.Engine.Model;

/// <summary>An override that may decide a flag (docs/spec/explain.md 2).</summary>
public sealed record OverrideExplanation
{
    /// <summary>The kind: a segment's or the identity's.</summary>
    public required OverrideKind Kind { get; init; }

    /// <summary>The part that the override had in the decision.</summary>
    public required OverrideStanding Standing { get; init; }

    /// <summary>The cause of the standing, in words.</summary>
    public required string Because { get; init; }

    /// <summary>The priority of a segment override; the lower number is the stronger one, null is the weakest.</summary>
    public double? Priority { get; init; }

    /// <summary>The segment with its rules; null for the override of the identity.</summary>
    public SegmentExplanation? Segment { get; init; }
}
