namespace EdgeProxy.Engine.Evaluation;

/// <summary>A segment that matches.</summary>
/// <param name="Key">The segment's key.</param>
/// <param name="Name">The segment's name.</param>
/// <param name="Metadata">What the model attached to the segment.</param>
public sealed record SegmentResult(string Key, string Name, object? Metadata);
