using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A segment, compiled.</summary>
/// <param name="Segment">What results say of it; its rules and overrides live on in the matcher and the flags only.</param>
/// <param name="Matcher">Whether a frame's identity is in it.</param>
internal readonly record struct SegmentPlan(Segment Segment, Matcher Matcher);
