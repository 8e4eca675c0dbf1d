using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>Results with reasons, of frames that were evaluated (docs/spec/evaluation.md 2.5).</summary>
internal static class ResultBuilder
{
    /// <summary>The reason of flags that depend on themselves.</summary>
    public const string CircularDependency = "ERROR; code=CIRCULAR_DEPENDENCY";

    /// <summary>Creates the result of an evaluation.</summary>
    public static EvaluationResult Of(EvaluationFrame frame)
    {
        var snapshot = frame.Snapshot;
        var flags = new OrderedDictionary<string, FlagResult>(snapshot.Features.Length, StringComparer.Ordinal);
        var cyclic = frame.CyclicPlaces();
        for (var place = 0; place < snapshot.Features.Length; place++)
        {
            var outcome = frame.Outcomes[place];
            var flag = FlagOf(snapshot.Flags.StateOf(outcome), snapshot.Flags.SourceOf(outcome), frame.HasIdentity);
            flags.Add(flag.Name, cyclic.Contains(place) ? flag with { Reason = CircularDependency } : flag);
        }

        var segments = snapshot.Segments
            .Where(plan => plan.Matcher(frame))
            .Select(static plan => new SegmentResult(plan.Segment.Key, plan.Segment.Name, plan.Segment.Metadata));
        return new EvaluationResult(flags, [.. segments]);
    }

    /// <summary>Creates the result of a flag.</summary>
    /// <param name="state">The feature state that won.</param>
    /// <param name="source">The origin of the flag.</param>
    /// <param name="hasIdentity">False for an environment flag, for which no variant is picked.</param>
    public static FlagResult FlagOf(FeatureState state, FlagSource source, bool hasIdentity) => new()
    {
        Name = state.Name,
        FeatureId = state.FeatureId,
        Enabled = state.Enabled,
        Value = source is { State: not null, Variant: { } variant } ? variant.Value : state.Value, // a state that was read from a flag has its value
        Reason = source.Reason,
        Variant = hasIdentity ? source.VariantKey : null,
        Metadata = state.Metadata,
    };
}
