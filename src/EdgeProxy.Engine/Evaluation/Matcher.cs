namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// A compiled condition, rule or segment: returns true if it matches the frame's identity. Pure; allocates nothing.
/// </summary>
internal delegate bool Matcher(EvaluationFrame frame);
