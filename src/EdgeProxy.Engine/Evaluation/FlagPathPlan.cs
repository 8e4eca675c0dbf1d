namespace EdgeProxy.Engine.Evaluation;

/// <summary>A flag path: the first candidate with a value determines it.</summary>
/// <param name="Candidates">The features, in the order in which they are tried.</param>
/// <param name="NeedsIdentity">True if there is no value without an identity, as for variants.</param>
internal readonly record struct FlagPathPlan(FlagPathCandidate[] Candidates, bool NeedsIdentity);
