namespace EdgeProxy.Engine.Evaluation;

/// <summary>A compiled condition, rule or segment: whether it matches what the frame holds. Pure; allocates nothing.</summary>
internal delegate bool Matcher(EvaluationFrame frame);
