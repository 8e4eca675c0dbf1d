using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Segments and rules (docs/spec/evaluation.md 3). Lazy, from left to right: a condition that is not reached reads no flag
/// (docs/spec/flag-dependencies.md 3.2).
/// </summary>
internal static class ReferenceRules
{
    public static bool Match(Segment segment, ReferenceContext context) =>
        segment.Rules.Count > 0 && segment.Rules.All(rule => Match(rule, segment, context));

    private static bool Match(SegmentRule rule, Segment segment, ReferenceContext context)
    {
        // Sub-rules are evaluated even when the conditions have failed.
        var conditions = Satisfied(rule.Type, rule.Conditions.Select(condition => ReferenceConditions.Hold(condition, segment.Key, context)));
        var rules = Satisfied(rule.Type, rule.Rules.Select(child => Match(child, segment, context)));
        return conditions && rules;
    }

    private static bool Satisfied(string type, IEnumerable<bool> parts) => type switch
    {
        RuleTypes.All => parts.All(part => part),
        RuleTypes.Any => IsSatisfiedByAny(parts),
        RuleTypes.None => !parts.Any(part => part),
        _ => false,
    };

    private static bool IsSatisfiedByAny(IEnumerable<bool> parts)
    {
        var isEmpty = true;
        foreach (var part in parts)
        {
            if (part)
            {
                return true;
            }

            isEmpty = false;
        }

        return isEmpty;
    }
}
