using System.Globalization;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// Traits that meet the conditions of a document as far as that can be told without effort, so that whole rules are evaluated
/// and not only their first conditions. Answers do not matter here: a value that was meant for another condition is as good.
/// </summary>
internal static class WarmUpTraits
{
    // More than most documents have; the body stays small.
    private const int MaxTraits = 50;

    // Texts for conditions with regular expressions: one of them meets most.
    private static readonly string[] Texts = ["a", "1", "a@b.co"];

    /// <summary>Makes sets of traits for the segments of a model that override anything.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, ScalarValue>> For(EnvironmentModel model)
    {
        SegmentCondition[] conditions =
        [
            .. model.Segments
                .Where(static segment => segment.Overrides.Count > 0)
                .SelectMany(static segment => segment.Rules)
                .SelectMany(ConditionsOf)
                .Where(static condition => condition.Property.Length > 0 && condition.Property[0] != '$')
                .DistinctBy(static condition => condition.Property)
                .Take(MaxTraits),
        ];
        return conditions.Length == 0 ? [] : Texts.Select(text => conditions.ToDictionary(static condition => condition.Property, condition => ValueFor(condition, text)));
    }

    private static IEnumerable<SegmentCondition> ConditionsOf(SegmentRule rule) =>
        rule.Conditions.Concat(rule.Rules.SelectMany(ConditionsOf)).Take(MaxTraits);

    private static ScalarValue ValueFor(SegmentCondition condition, string text)
    {
        var operand = condition.Value ?? "";
        return condition.Operator switch
        {
            ConditionOperators.In => condition.Values is [var first, ..] ? first : operand.Split(',')[0],
            ConditionOperators.Regex => text,
            ConditionOperators.NotEqual or ConditionOperators.NotContains => $"{text}~",
            ConditionOperators.GreaterThan or ConditionOperators.GreaterThanInclusive => Near(operand, 1),
            ConditionOperators.LessThan or ConditionOperators.LessThanInclusive => Near(operand, -1),
            ConditionOperators.Modulo => operand[(operand.IndexOf('|', StringComparison.Ordinal) + 1)..] is var rest && long.TryParse(rest, CultureInfo.InvariantCulture, out var number) ? number : rest,
            _ => operand,
        };
    }

    /// <summary>A number beside the operand; the operand itself if it is none, such as a version.</summary>
    private static ScalarValue Near(string operand, int step) =>
        long.TryParse(operand, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) && Math.Abs(integer) < int.MaxValue ? integer + step
        : double.TryParse(operand, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number + step
        : operand;
}
