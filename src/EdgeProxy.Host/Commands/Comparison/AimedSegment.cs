using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Makes identities for which one condition of a segment decides whether it matches.</summary>
internal sealed class AimedSegment
{
    private readonly Segment _segment;
    private readonly Dictionary<SegmentCondition, AimedCondition> _conditions = new(ReferenceEqualityComparer.Instance);

    /// <param name="environmentKey">The key of the environment.</param>
    /// <param name="segment">The segment.</param>
    public AimedSegment(string environmentKey, Segment segment)
    {
        _segment = segment;
        foreach (var condition in segment.Rules.SelectMany(ConditionsOf))
        {
            if (PropertyTarget.Of(condition.Property) is { } target)
            {
                _conditions[condition] = new AimedCondition(environmentKey, segment, condition, target);
            }
        }
    }

    /// <summary>The conditions that requests can be aimed at.</summary>
    public IReadOnlyCollection<AimedCondition> Conditions => _conditions.Values;

    /// <summary>Makes the questions for a condition: one for each of its values.</summary>
    public IEnumerable<Question> QuestionsFor(AimedCondition aimed, Func<AskedIdentity, byte[]> toBody)
    {
        var condition = aimed.Condition;
        var identity = new AskedIdentity("edge-proxy-compare");
        foreach (var rule in _segment.Rules)
        {
            identity = Contains(rule, condition) ? Expose(rule, condition, identity) : Satisfy(rule, isWanted: true, identity);
        }

        foreach (var value in aimed.Values)
        {
            var asked = identity.With(aimed.Target, value);
            yield return new Question($"condition {condition.Operator}", $"segment {_segment.Name}, condition on {(condition.Property.Length == 0 ? "the identity" : condition.Property)} {condition.Operator}", toBody(asked));
        }
    }

    /// <summary>Gives everything beside a condition a value that leaves the decision to it.</summary>
    private AskedIdentity Expose(SegmentRule rule, SegmentCondition condition, AskedIdentity identity)
    {
        var isWanted = rule.Type == RuleTypes.All;
        foreach (var other in rule.Conditions.Where(other => !ReferenceEquals(other, condition)))
        {
            identity = Satisfy(other, isWanted, identity);
        }

        foreach (var inner in rule.Rules)
        {
            identity = Contains(inner, condition) ? Expose(inner, condition, identity) : Satisfy(inner, isWanted, identity);
        }

        return identity;
    }

    private AskedIdentity Satisfy(SegmentRule rule, bool isWanted, AskedIdentity identity)
    {
        // All members true, one true, none true; and the opposite of each.
        var (areMembersWanted, isOneEnough) = rule.Type switch
        {
            RuleTypes.Any => (isWanted, isWanted),
            RuleTypes.None => (!isWanted, !isWanted),
            _ => (isWanted, !isWanted),
        };
        foreach (var condition in rule.Conditions)
        {
            identity = Satisfy(condition, areMembersWanted, identity);
            if (isOneEnough)
            {
                return identity;
            }
        }

        foreach (var inner in rule.Rules)
        {
            identity = Satisfy(inner, areMembersWanted, identity);
            if (isOneEnough)
            {
                return identity;
            }
        }

        return identity;
    }

    private AskedIdentity Satisfy(SegmentCondition condition, bool isWanted, AskedIdentity identity) =>
        _conditions.TryGetValue(condition, out var aimed) && !identity.Has(aimed.Target) && aimed.Find(isWanted) is { } value ? identity.With(aimed.Target, value) : identity;

    private static bool Contains(SegmentRule rule, SegmentCondition condition) =>
        rule.Conditions.Any(other => ReferenceEquals(other, condition)) || rule.Rules.Any(inner => Contains(inner, condition));

    private static IEnumerable<SegmentCondition> ConditionsOf(SegmentRule rule) => rule.Conditions.Concat(rule.Rules.SelectMany(ConditionsOf));
}
