using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>A flag with its cause in one sentence, as a support engineer may send it to a customer (docs/spec/explain.md 2.2).</summary>
internal static class FlagSummary
{
    private const int MaxSegments = 3;

    /// <summary>Creates the sentence.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="identifier">The identifier; null without an identity.</param>
    /// <param name="isCircular">True if the flag depends on itself.</param>
    /// <param name="hidden">The reason that clients do not get the flag.</param>
    public static string Of(FlagDecision decision, string? identifier, bool isCircular, string? hidden)
    {
        var summary = $"{ResultOf(decision.Flag)}: {CauseOf(decision, identifier)}{VariantOf(decision)}";
        summary += isCircular ? "; it depends on itself in a circle, so flags that depend on it cannot read it" : "";
        return hidden is null ? summary : $"{summary}; clients do not get it, because {hidden}";
    }

    /// <summary>Creates the sentence of a flag that was evaluated to something else than its conditions say.</summary>
    public static string OfExhaustedBudget(FlagResult flag) =>
        $"{ResultOf(flag)}: the evaluation ran out of its budget of steps, so that conditions did not hold that would otherwise";

    private static string ResultOf(FlagResult flag) =>
        !flag.Enabled ? "off"
        : flag.Value.Kind == ScalarKind.Null || (flag.Value.Kind == ScalarKind.String && flag.Value.Text.Length == 0) ? "on"
        : $"on with {Quote.Value(flag.Value)}";

    private static string CauseOf(FlagDecision decision, string? identifier)
    {
        if (decision.Kind == OverrideKind.Identity)
        {
            return $"{Quote.Text(identifier)} has an override of its own";
        }

        if (decision.Kind == OverrideKind.Segment)
        {
            var segment = decision.Verdicts[decision.Winner];
            var matching = decision.Verdicts.Count(static verdict => verdict.IsMatch);
            var strongest = matching > 1 ? $" and is the strongest of {matching} that do" : "";
            return $"segment {Quote.Short(segment.Name)} matches{DecidingConditions.InParentheses(segment)}{strongest}";
        }

        return decision.Verdicts.Count switch
        {
            0 => "the setting of the environment, which nothing overrides",
            1 => $"the setting of the environment; segment {Describe(decision.Verdicts[0], "does not match")}",
            var count => $"the setting of the environment; none of {count} segments matches: "
                + string.Join(", ", decision.Verdicts.Take(MaxSegments).Select(static verdict => Describe(verdict, "not")))
                + (count > MaxSegments ? ", …" : ""),
        };
    }

    private static string Describe(SegmentExplanation segment, string verb) =>
        $"{Quote.Short(segment.Name)} {verb}{DecidingConditions.InParentheses(segment)}";

    private static string VariantOf(FlagDecision decision)
    {
        if (decision.Variants is not { } variants)
        {
            return "";
        }

        return variants.Ranges.FirstOrDefault(static range => range.IsPicked) is { } range
            ? $"; of its variants the identity gets the one from {Quote.Percent(range.From)} to {Quote.Percent(range.To)} %, because it is at {Quote.Percent(variants.Bucket)}"
            : $"; the identity gets none of its variants, because it is at {Quote.Percent(variants.Bucket)} % and they end at {Quote.Percent(variants.Ranges[^1].To)} %";
    }
}
