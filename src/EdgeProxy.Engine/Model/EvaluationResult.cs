namespace EdgeProxy.Engine.Model;

/// <summary>The full result of an evaluation (docs/spec/evaluation.md 2).</summary>
/// <param name="Flags">The flags by feature name, in the order of the environment's features.</param>
/// <param name="Segments">The segments that match, in order (docs/spec/evaluation.md 3.1).</param>
public sealed record EvaluationResult(IReadOnlyDictionary<string, FlagResult> Flags, IReadOnlyList<SegmentResult> Segments);
