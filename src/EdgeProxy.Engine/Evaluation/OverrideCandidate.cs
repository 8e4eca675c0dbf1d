namespace EdgeProxy.Engine.Evaluation;

/// <summary>A segment override of a feature.</summary>
/// <param name="Segment">The segment that must match.</param>
/// <param name="State">The state that then wins.</param>
internal readonly record struct OverrideCandidate(int Segment, int State);
