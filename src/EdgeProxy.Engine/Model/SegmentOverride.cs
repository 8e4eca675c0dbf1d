namespace EdgeProxy.Engine.Model;

/// <summary>The state of a feature for a segment, with its priority (docs/spec/evaluation.md 2.2).</summary>
public sealed record SegmentOverride
{
    /// <summary>The overriding state.</summary>
    public required FeatureState State { get; init; }

    /// <summary>The priority. The lower number is the stronger one; null is weaker than every number.</summary>
    public double? Priority { get; init; }
}
