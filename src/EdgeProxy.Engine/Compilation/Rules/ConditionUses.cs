using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Counts the uses of each condition in the rules of an environment: a cached result that is used often costs less each
/// time.
/// </summary>
internal sealed class ConditionUses
{
    private readonly Dictionary<ConditionKey, int> _uses = [];

    public ConditionUses(IReadOnlyList<Segment> segments)
    {
        foreach (var segment in segments)
        {
            Count(segment.Rules, segment.Key);
        }
    }

    /// <summary>Indicates whether a condition may read a flag.</summary>
    public bool MayReadFlags { get; private set; }

    /// <summary>The number of uses of a condition.</summary>
    public int Of(ConditionKey condition) => _uses.GetValueOrDefault(condition);

    private void Count(IReadOnlyList<SegmentRule> rules, string segmentKey)
    {
        // Not recursively: rules that are nested too deeply are rejected later.
        var open = new Stack<SegmentRule>(rules);
        while (open.TryPop(out var rule))
        {
            foreach (var condition in rule.Conditions)
            {
                var key = ConditionKey.Of(condition, segmentKey);
                _uses[key] = _uses.GetValueOrDefault(key) + 1;
                MayReadFlags |= condition.Property.StartsWith(FlagPath.Prefix, StringComparison.Ordinal);
            }

            foreach (var inner in rule.Rules)
            {
                open.Push(inner);
            }
        }
    }
}
