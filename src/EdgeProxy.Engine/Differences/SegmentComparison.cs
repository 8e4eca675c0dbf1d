using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Differences;

/// <summary>Compares the segments of two versions, by their keys.</summary>
internal static class SegmentComparison
{
    /// <summary>Lists the differences.</summary>
    public static IEnumerable<EnvironmentChange> Compare(IReadOnlyList<Segment> before, IReadOnlyList<Segment> after)
    {
        var (earlier, later) = (ByKey(before), ByKey(after));
        foreach (var segment in before.Where(segment => !later.ContainsKey(segment.Key)))
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.SegmentRemoved) { Segment = segment.Name, Before = Summary(segment) };
        }

        foreach (var segment in after.Where(segment => !earlier.ContainsKey(segment.Key)))
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.SegmentAdded) { Segment = segment.Name, After = Summary(segment) };
        }

        foreach (var (key, segment) in later)
        {
            if (earlier.TryGetValue(key, out var known))
            {
                foreach (var change in Compare(known, segment))
                {
                    yield return change;
                }
            }
        }

        var order = before.Where(segment => later.ContainsKey(segment.Key)).Select(static segment => segment.Key);
        if (!order.SequenceEqual(after.Where(segment => earlier.ContainsKey(segment.Key)).Select(static segment => segment.Key)))
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.SegmentOrder) { Place = "order of the segments", Before = NamesOf(before), After = NamesOf(after) };
        }
    }

    private static IEnumerable<EnvironmentChange> Compare(Segment before, Segment after)
    {
        if (before.Name != after.Name)
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.SegmentName)
            {
                Segment = after.Name,
                Place = "name",
                Before = ChangeText.Quote(before.Name),
                After = ChangeText.Quote(after.Name),
            };
        }

        foreach (var change in RuleComparison.Compare(before.Rules, after.Rules, after.Name, ""))
        {
            yield return change;
        }

        var (earlier, later) = (ByFeature(before), ByFeature(after));
        foreach (var (feature, overriding) in earlier.Where(known => !later.ContainsKey(known.Key)))
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.OverrideRemoved) { Feature = feature, Segment = after.Name, Before = ChangeText.Of(overriding.State) };
        }

        foreach (var (feature, overriding) in later)
        {
            if (!earlier.TryGetValue(feature, out var known))
            {
                yield return new EnvironmentChange(EnvironmentChangeKind.OverrideAdded) { Feature = feature, Segment = after.Name, After = ChangeText.Of(overriding.State) };
                continue;
            }

            foreach (var change in StateComparison.Compare(known.State, overriding.State, after.Name))
            {
                yield return change;
            }

            if (known.Priority != overriding.Priority)
            {
                yield return new EnvironmentChange(EnvironmentChangeKind.OverridePriority)
                {
                    Feature = feature,
                    Segment = after.Name,
                    Place = "priority",
                    Before = ChangeText.OfPriority(known.Priority),
                    After = ChangeText.OfPriority(overriding.Priority),
                };
            }
        }
    }

    private static Dictionary<string, Segment> ByKey(IReadOnlyList<Segment> segments)
    {
        var found = new Dictionary<string, Segment>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            found.TryAdd(segment.Key, segment);
        }

        return found;
    }

    private static Dictionary<string, SegmentOverride> ByFeature(Segment segment)
    {
        var found = new Dictionary<string, SegmentOverride>(StringComparer.Ordinal);
        foreach (var overriding in segment.Overrides)
        {
            found.TryAdd(overriding.State.Name, overriding);
        }

        return found;
    }

    private static string Summary(Segment segment) =>
        segment.Rules.Count == 0 ? "no rules" : ChangeText.Cut(string.Join("; ", segment.Rules.Select(ChangeText.Of)));

    private static string NamesOf(IReadOnlyList<Segment> segments) => ChangeText.Cut(string.Join(", ", segments.Select(static segment => segment.Name)));
}
