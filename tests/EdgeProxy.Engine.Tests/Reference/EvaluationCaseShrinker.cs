using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Cases that are one step smaller than a case, for finding the smallest that still fails.</summary>
internal static class EvaluationCaseShrinker
{
    public static IEnumerable<EvaluationCase> Shrink(EvaluationCase evaluationCase)
    {
        var (model, identity) = evaluationCase;
        foreach (var segments in Smaller(model.Segments, Shrink))
        {
            yield return evaluationCase with { Model = model with { Segments = segments } };
        }

        foreach (var features in Smaller(model.Features, Shrink))
        {
            yield return evaluationCase with { Model = model with { Features = features } };
        }

        foreach (var overrides in Smaller(model.IdentityOverrides, Shrink))
        {
            yield return evaluationCase with { Model = model with { IdentityOverrides = overrides } };
        }

        if (identity is not null)
        {
            foreach (var name in identity.Traits.Keys)
            {
                var traits = new Dictionary<string, ScalarValue>(identity.Traits, StringComparer.Ordinal);
                traits.Remove(name);
                yield return evaluationCase with { Identity = identity with { Traits = traits } };
            }
        }
    }

    private static IEnumerable<Segment> Shrink(Segment segment) =>
        Smaller(segment.Overrides, Shrink).Select(overrides => segment with { Overrides = overrides })
            .Concat(Smaller(segment.Rules, Shrink).Select(rules => segment with { Rules = rules }));

    private static IEnumerable<SegmentRule> Shrink(SegmentRule rule) =>
        rule.Rules
            .Concat(Smaller(rule.Rules, Shrink).Select(rules => rule with { Rules = rules }))
            .Concat(Smaller(rule.Conditions, _ => []).Select(conditions => rule with { Conditions = conditions }));

    private static IEnumerable<SegmentOverride> Shrink(SegmentOverride segmentOverride) =>
        Shrink(segmentOverride.State).Select(state => segmentOverride with { State = state });

    private static IEnumerable<IdentityOverride> Shrink(IdentityOverride identityOverride) =>
        Smaller(identityOverride.States, Shrink).Select(states => identityOverride with { States = states });

    private static IEnumerable<FeatureState> Shrink(FeatureState state) =>
        Smaller(state.Variants, _ => []).Select(variants => state with { Variants = variants });

    /// <summary>The list without one of its items, then the list with one of them smaller.</summary>
    private static IEnumerable<IReadOnlyList<T>> Smaller<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> shrink)
    {
        for (var i = 0; i < items.Count; i++)
        {
            yield return [.. items.Take(i), .. items.Skip(i + 1)];
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var smaller in shrink(items[i]))
            {
                yield return [.. items.Take(i), smaller, .. items.Skip(i + 1)];
            }
        }
    }
}
