namespace EdgeProxy.Engine.Model;

/// <summary>A feature's state for a segment, and how strong it is against those of other segments.</summary>
public sealed record SegmentOverride
{
    /// <summary>The state that takes the place of the environment's.</summary>
    public required FeatureState State { get; init; }

    /// <summary>The lower the stronger; null is the weakest of all.</summary>
    public double? Priority { get; init; }
}
