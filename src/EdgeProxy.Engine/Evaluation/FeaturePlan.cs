namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The plan for one feature: the first candidate whose segment matches wins, else the environment's own state.
/// </summary>
/// <param name="State">The environment's own state.</param>
/// <param name="FirstCandidate">The index of the feature's first candidate.</param>
/// <param name="CandidateCount">The number of candidates, strongest first.</param>
/// <param name="HasSegmentOverrides">True if a segment overrides the feature, even one that never matches.</param>
internal readonly record struct FeaturePlan(int State, int FirstCandidate, int CandidateCount, bool HasSegmentOverrides);
