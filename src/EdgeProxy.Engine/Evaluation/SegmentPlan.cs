using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A segment, compiled.</summary>
/// <param name="Segment">What it was compiled from.</param>
/// <param name="Matcher">Whether a frame's identity is in it.</param>
internal readonly record struct SegmentPlan(Segment Segment, Matcher Matcher);
