using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A compiled segment.</summary>
/// <param name="Segment">The description of the segment for results; its rules and overrides are in the matcher and the flags only.</param>
/// <param name="Matcher">The test whether a frame's identity is in the segment.</param>
internal readonly record struct SegmentPlan(Segment Segment, Matcher Matcher);
