using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>Results with reasons, of frames that were evaluated (docs/spec/evaluation.md 2.5).</summary>
internal static class ResultBuilder
{
    /// <summary>The reason of flags that depend on themselves.</summary>
    public const string CircularDependency = "ERROR; code=CIRCULAR_DEPENDENCY";

    public static EvaluationResult Of(EvaluationFrame frame)
    {
        var snapshot = frame.Snapshot;
        var flags = new OrderedDictionary<string, FlagResult>(snapshot.Features.Length, StringComparer.Ordinal);
        var cyclic = frame.CyclicPlaces();
        for (var place = 0; place < snapshot.Features.Length; place++)
        {
            var flag = FlagOf(snapshot.Flags, frame.Outcomes[place], frame.HasIdentity);
            flags.Add(flag.Name, cyclic.Contains(place) ? flag with { Reason = CircularDependency } : flag);
        }

        var segments = snapshot.Segments
            .Where(plan => plan.Matcher(frame))
            .Select(static plan => new SegmentResult(plan.Segment.Key, plan.Segment.Name, plan.Segment.Metadata));
        return new EvaluationResult(flags, [.. segments]);
    }

    private static FlagResult FlagOf(RenderedFlags flags, int flag, bool hasIdentity)
    {
        var source = flags.SourceOf(flag);
        var state = flags.StateOf(flag);
        return new FlagResult
        {
            Name = state.Name,
            FeatureId = state.FeatureId,
            Enabled = state.Enabled,
            Value = source.Variant?.Value ?? state.Value,
            Reason = source.Reason,
            Variant = hasIdentity ? source.VariantKey : null, // without an identity there is none to pick
            Metadata = state.Metadata,
        };
    }
}
