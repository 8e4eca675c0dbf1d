namespace EdgeProxy.Engine.Evaluation;

/// <summary>How one feature is decided: the first candidate whose segment matches, else the environment's own state.</summary>
/// <param name="State">The environment's own state.</param>
/// <param name="FirstCandidate">Where the feature's candidates start.</param>
/// <param name="CandidateCount">How many there are, strongest first.</param>
internal readonly record struct FeaturePlan(int State, int FirstCandidate, int CandidateCount);
