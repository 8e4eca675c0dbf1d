using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Finds the conditions of a segment that decided whether it matches.</summary>
internal static class DecidingConditions
{
    private const int MaxSentences = 4;

    /// <summary>Formats the sentences of these conditions, in parentheses; empty if there are none.</summary>
    public static string InParentheses(SegmentExplanation segment)
    {
        string[] sentences = [.. Of(segment).Distinct(StringComparer.Ordinal)];
        return sentences.Length == 0 ? ""
            : sentences.Length > MaxSentences ? $" ({string.Join("; ", sentences.Take(MaxSentences))}; …)"
            : $" ({string.Join("; ", sentences)})";
    }

    private static IEnumerable<string> Of(SegmentExplanation segment)
    {
        if (segment.IsCircular)
        {
            return ["its conditions lead in a circle of flags that depend on each other"];
        }

        if (segment.Rules.Count == 0)
        {
            return ["it has no rules"];
        }

        return segment.IsMatch ? segment.Rules.SelectMany(Of) : Of(segment.Rules.First(static rule => rule.Result == false));
    }

    private static IEnumerable<string> Of(RuleExplanation rule)
    {
        if (rule.Problem is { } problem)
        {
            return [problem];
        }

        // The items that decided: all of those with the deciding result, or the first one.
        return (rule.Type, rule.Result) switch
        {
            (RuleTypes.All, true) => All(rule, true),
            (RuleTypes.Any, true) => First(rule.Conditions.Where(static item => item.Result == true)).Concat(rule.Rules.Where(static item => item.Result == true).Take(1).SelectMany(Of)),
            (RuleTypes.None, true) => All(rule, false),
            (RuleTypes.All, _) => FirstOf(rule, false),
            (RuleTypes.Any, _) => rule.Conditions.Count > 0 && rule.Conditions.All(static item => item.Result == false)
                ? rule.Conditions.Select(static item => item.Sentence)
                : rule.Rules.SelectMany(Of),
            _ => FirstOf(rule, true),
        };
    }

    private static IEnumerable<string> All(RuleExplanation rule, bool result) =>
        rule.Conditions.Where(item => item.Result == result).Select(static item => item.Sentence)
            .Concat(rule.Rules.Where(item => item.Result == result).SelectMany(Of));

    private static IEnumerable<string> FirstOf(RuleExplanation rule, bool result) =>
        rule.Conditions.FirstOrDefault(item => item.Result == result) is { } condition ? [condition.Sentence]
        : rule.Rules.FirstOrDefault(item => item.Result == result) is { } inner ? Of(inner)
        : [];

    private static IEnumerable<string> First(IEnumerable<ConditionExplanation> conditions) => conditions.Take(1).Select(static item => item.Sentence);
}
