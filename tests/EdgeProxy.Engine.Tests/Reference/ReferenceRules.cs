using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Segments and rules (docs/spec/evaluation.md 3).</summary>
internal static class ReferenceRules
{
    public static bool Match(Segment segment, ReferenceContext context) =>
        segment.Rules.Count > 0 && segment.Rules.All(rule => Match(rule, segment, context));

    private static bool Match(SegmentRule rule, Segment segment, ReferenceContext context)
    {
        var conditions = rule.Conditions.Select(condition => ReferenceConditions.Hold(condition, segment.Key, context)).ToList();
        var rules = rule.Rules.Select(child => Match(child, segment, context)).ToList();
        return Satisfied(rule.Type, conditions) && Satisfied(rule.Type, rules);
    }

    private static bool Satisfied(string type, List<bool> parts) => type switch
    {
        RuleTypes.All => parts.TrueForAll(part => part),
        RuleTypes.Any => parts.Count == 0 || parts.Exists(part => part),
        RuleTypes.None => !parts.Exists(part => part),
        _ => false,
    };
}
