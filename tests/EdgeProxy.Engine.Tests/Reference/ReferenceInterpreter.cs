using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Evaluation (docs/spec/evaluation.md 2) as plainly as it can be said: nothing compiled, nothing cached, no code
/// shared with the engine but the model. What the engine answers must be what this answers.
/// </summary>
/// <remarks>
/// Two limits, both of the surroundings and not of evaluation: regular expressions are taken as .NET reads them, and of
/// JSONPath only names are known (see <see cref="ReferencePath"/>). The generators stay within both.
/// </remarks>
internal static class ReferenceInterpreter
{
    private const string IdentityOverridesSegment = "identity_overrides";

    public static ReferenceResult Evaluate(EnvironmentModel model, Identity? identity)
    {
        var context = new ReferenceContext(model, identity);
        var segments = context.Flags.MatchingSegments();
        var flags = Features(model).Select(feature => context.Flags.Answer(Evaluate(feature, segments, context))).ToList();
        return new ReferenceResult(flags, segments.ConvertAll(segment => segment.Name)) { MetCycle = context.Flags.MetCycle };
    }

    /// <summary>A repeated name keeps its first position and takes the last content (docs/spec/evaluation.md 1.3).</summary>
    private static IEnumerable<FeatureState> Features(EnvironmentModel model) =>
        model.Features
            .Select(feature => feature.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => model.Features.Last(feature => feature.Name == name));

    /// <summary>The winning state, its value and its reason (docs/spec/evaluation.md 2.4 and 2.5), with the segments that match.</summary>
    public static ReferenceFlag Evaluate(FeatureState feature, IReadOnlyList<Segment> segments, ReferenceContext context)
    {
        if (IdentityOverride(feature.Name, context) is { } own)
        {
            // Identity overrides are never multivariate, so neither a variant nor "control".
            return new ReferenceFlag(own.Name, own.Enabled, own.Value, Targeting(IdentityOverridesSegment), null, own);
        }

        var segmentOverride = SegmentOverride(feature.Name, segments);
        var winner = segmentOverride?.State ?? feature;
        if (context.IdentityKey is { } key && PickVariant(winner, key) is { } variant)
        {
            return new ReferenceFlag(
                winner.Name,
                winner.Enabled,
                variant.Value,
                $"SPLIT; weight={PythonText.Of(PythonText.ToObject(variant.Weight))}",
                variant.Key,
                winner);
        }

        return new ReferenceFlag(
            winner.Name,
            winner.Enabled,
            winner.Value,
            segmentOverride is { Segment.Name: var segment } ? Targeting(segment) : "DEFAULT",
            // Without anybody to pick for there is no control group either; so the engine of Flagsmith has it.
            winner.Variants.Count > 0 && context.IdentityKey is not null ? "control" : null,
            winner);
    }

    private static string Targeting(string segment) => $"TARGETING_MATCH; segment={segment}";

    private static FeatureState? IdentityOverride(string feature, ReferenceContext context) =>
        context.Model.IdentityOverrides
            .Where(candidate => candidate.Identifier == context.Identity?.Identifier)
            .SelectMany(candidate => candidate.States)
            .FirstOrDefault(state => state.Name == feature);

    /// <summary>The strictly stronger override wins; ties go to the earlier one (docs/spec/evaluation.md 2.2).</summary>
    private static (FeatureState State, Segment Segment)? SegmentOverride(string feature, IReadOnlyList<Segment> segments)
    {
        (FeatureState, Segment)? best = null;
        var bestPriority = double.PositiveInfinity;
        foreach (var segment in segments)
        {
            foreach (var candidate in segment.Overrides.Where(candidate => candidate.State.Name == feature))
            {
                var priority = candidate.Priority ?? double.PositiveInfinity;
                if (best is null || priority < bestPriority)
                {
                    best = (candidate.State, segment);
                    bestPriority = priority;
                }
            }
        }

        return best;
    }

    /// <summary>The variant for an identity key (docs/spec/evaluation.md 2.4).</summary>
    private static Variant? PickVariant(FeatureState state, string identityKey)
    {
        var percentage = ReferenceHash.Of(state.Key, identityKey);
        var start = 0.0;
        foreach (var variant in state.Variants.OrderBy(variant => variant.Priority is null).ThenBy(variant => variant.Priority))
        {
            var weight = variant.Weight.AsDouble();
            if (start <= percentage && percentage < start + weight)
            {
                return variant;
            }

            start += weight;
        }

        return null;
    }
}
