using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Differences;

/// <summary>Compares the rules of a segment: rules by their position, the conditions of a rule whatever their order.</summary>
internal static class RuleComparison
{
    /// <summary>Lists the differences.</summary>
    /// <param name="before">The earlier rules.</param>
    /// <param name="after">The later rules.</param>
    /// <param name="segment">The name of the segment.</param>
    /// <param name="path">The position of the rule that they belong to, with a dot behind it; empty for those of the segment.</param>
    public static IEnumerable<EnvironmentChange> Compare(IReadOnlyList<SegmentRule> before, IReadOnlyList<SegmentRule> after, string segment, string path)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var position = FormattableString.Invariant($"{path}{i + 1}");
            var (earlier, later) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (earlier is null || later is null)
            {
                yield return Change(segment, $"rule {position}", earlier is null ? null : ChangeText.Of(earlier), later is null ? null : ChangeText.Of(later));
                continue;
            }

            if (earlier.Type != later.Type)
            {
                yield return Change(segment, $"rule {position}: type", earlier.Type, later.Type);
            }

            foreach (var change in Compare(earlier.Conditions, later.Conditions, segment, position).Concat(Compare(earlier.Rules, later.Rules, segment, $"{position}.")))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<EnvironmentChange> Compare(IReadOnlyList<SegmentCondition> before, IReadOnlyList<SegmentCondition> after, string segment, string position)
    {
        var (gone, added) = (Without(before, after), Without(after, before));

        // Those that remain are paired in their order: of one that changed, both sides are seen.
        for (var i = 0; i < Math.Max(gone.Count, added.Count); i++)
        {
            yield return Change(
                segment, $"rule {position}: condition", i < gone.Count ? ChangeText.Of(gone[i]) : null, i < added.Count ? ChangeText.Of(added[i]) : null);
        }
    }

    /// <summary>Returns the conditions without an equal among the others, each of which counts once.</summary>
    private static List<SegmentCondition> Without(IReadOnlyList<SegmentCondition> conditions, IReadOnlyList<SegmentCondition> others)
    {
        var counts = others.CountBy(KeyOf).ToDictionary();
        var remaining = new List<SegmentCondition>();
        foreach (var condition in conditions)
        {
            var key = KeyOf(condition);
            var count = counts.GetValueOrDefault(key);
            if (count > 0)
            {
                counts[key] = count - 1;
            }
            else
            {
                remaining.Add(condition);
            }
        }

        return remaining;
    }

    /// <summary>Returns the key of a condition; both versions of a rule belong to one segment.</summary>
    private static ConditionKey KeyOf(SegmentCondition condition) => ConditionKey.Of(condition, segmentKey: "");

    private static EnvironmentChange Change(string segment, string place, string? before, string? after) =>
        new(EnvironmentChangeKind.SegmentRules) { Segment = segment, Place = place, Before = before, After = after };
}
