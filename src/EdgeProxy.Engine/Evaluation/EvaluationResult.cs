namespace EdgeProxy.Engine.Evaluation;

/// <summary>The full result of an evaluation (docs/spec/evaluation.md 2).</summary>
/// <param name="Flags">The flags by feature name, in the order of the environment's features.</param>
/// <param name="Segments">The segments that match, in order (docs/spec/evaluation.md 3.1).</param>
public sealed record EvaluationResult(IReadOnlyDictionary<string, FlagResult> Flags, IReadOnlyList<SegmentResult> Segments)
{
    internal static EvaluationResult Of(EvaluationFrame frame)
    {
        var snapshot = frame.Snapshot;
        var flags = new OrderedDictionary<string, FlagResult>(snapshot.Features.Length, StringComparer.Ordinal);
        var cyclic = frame.CyclicPlaces();
        for (var place = 0; place < snapshot.Features.Length; place++)
        {
            var flag = FlagResult.Of(snapshot.Flags, frame.Outcomes[place], frame.HasIdentity);
            flags.Add(flag.Name, cyclic.Contains(place) ? flag with { Reason = FlagResult.CircularDependency } : flag);
        }

        var segments = snapshot.Segments
            .Where(plan => plan.Matcher(frame))
            .Select(static plan => new SegmentResult(plan.Segment.Key, plan.Segment.Name, plan.Segment.Metadata));
        return new EvaluationResult(flags, [.. segments]);
    }
}
