namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

/// <summary>
/// Sets of what is a character to I-Regexp: Unicode scalar values. Half a surrogate pair by itself is in none, neither
/// in one nor in its complement.
/// </summary>
internal static class CharacterSets
{
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    public static CodePointSet AllOf(IEnumerable<(int First, int Last)> ranges) => new(WithoutSurrogates(ranges));

    public static CodePointSet AllBut(IEnumerable<(int First, int Last)> ranges) =>
        new(ranges.Append((FirstSurrogate, LastSurrogate)), isNegated: true);

    private static IEnumerable<(int First, int Last)> WithoutSurrogates(IEnumerable<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            if (first < FirstSurrogate)
            {
                yield return (first, Math.Min(last, FirstSurrogate - 1));
            }

            if (last > LastSurrogate)
            {
                yield return (Math.Max(first, LastSurrogate + 1), last);
            }
        }
    }
}
