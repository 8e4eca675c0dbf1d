namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>Ranges of code points, both ends included: what sets are put together from.</summary>
internal static class CodePointRanges
{
    /// <summary>The same code points in ascending ranges, of which none touches another.</summary>
    public static List<(int First, int Last)> Merge(IEnumerable<(int First, int Last)> ranges)
    {
        List<(int First, int Last)> merged = [.. ranges];
        merged.Sort(static (left, right) => left.First.CompareTo(right.First));
        var kept = 0;
        for (var i = 1; i < merged.Count; i++)
        {
            var (first, last) = merged[i];
            if (first <= merged[kept].Last + 1)
            {
                merged[kept] = (merged[kept].First, Math.Max(merged[kept].Last, last));
            }
            else
            {
                merged[++kept] = (first, last);
            }
        }

        merged.RemoveRange(Math.Min(kept + 1, merged.Count), Math.Max(0, merged.Count - kept - 1));
        return merged;
    }

    /// <summary>Every code point that is not in these merged ranges.</summary>
    public static IEnumerable<(int First, int Last)> Complement(IEnumerable<(int First, int Last)> merged)
    {
        var next = 0;
        foreach (var (first, last) in merged)
        {
            if (first > next)
            {
                yield return (next, first - 1);
            }

            next = last + 1;
        }

        if (next <= CodePoints.Max)
        {
            yield return (next, CodePoints.Max);
        }
    }
}
