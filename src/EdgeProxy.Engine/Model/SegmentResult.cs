namespace EdgeProxy.Engine.Model;

/// <summary>A segment that matches (docs/spec/evaluation.md 3.1).</summary>
/// <param name="Key">The segment key.</param>
/// <param name="Name">The segment name.</param>
/// <param name="Metadata">The metadata that the model has for the segment.</param>
public sealed record SegmentResult(string Key, string Name, object? Metadata);
