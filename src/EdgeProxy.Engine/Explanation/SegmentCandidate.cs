using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>The override of a feature by a segment.</summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Override">The override.</param>
internal readonly record struct SegmentCandidate(int Segment, SegmentOverride Override);
