namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>A set of Unicode scalar values, of which a character of a text has to be one. Immutable.</summary>
internal sealed class CodePointSet
{
    public const int LastCodePoint = 0x10FFFF;

    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    /// <summary>Builds the set of everything in these ranges, in any order, but the surrogates.</summary>
    public CodePointSet(params IEnumerable<(int First, int Last)> ranges) =>
        Ranges = Merge(ranges.SelectMany(static range => WithoutSurrogates(range.First, range.Last)));

    /// <summary>What is in the set, in ascending order; no range touches another.</summary>
    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public bool Contains(int codePoint)
    {
        var (low, high) = (0, Ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last) = Ranges[middle];
            if (codePoint < first)
            {
                high = middle - 1;
            }
            else if (codePoint > last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything that is not in this set.</summary>
    public CodePointSet Complement()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            gaps.Add((next, first - 1));
            next = last + 1;
        }

        gaps.Add((next, LastCodePoint));
        return new CodePointSet(gaps);
    }

    private static List<(int First, int Last)> Merge(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged is [.., var previous] && range.First <= previous.Last + 1)
            {
                merged[^1] = (previous.First, Math.Max(previous.Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static IEnumerable<(int First, int Last)> WithoutSurrogates(int first, int last)
    {
        (int First, int Last)[] parts =
            [(first, Math.Min(last, FirstSurrogate - 1)), (Math.Max(first, LastSurrogate + 1), last)];
        return parts.Where(static part => part.First <= part.Last);
    }
}
