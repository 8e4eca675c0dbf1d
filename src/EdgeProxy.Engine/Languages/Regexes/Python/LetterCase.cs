namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>
/// IGNORECASE as Python means it: two characters are the same letter if they have the same lower case, one code point
/// for one, or if their lower cases share an upper case.
/// </summary>
internal static class LetterCase
{
    // Nothing above has case. Checked by a test.
    private const int LastCased = 0x1FFFF;

    // Larger ranges are searched for cased letters the other way round.
    private const int ManyCodePoints = 256;

    // Lower-case letters with an upper case in common, which lowering alone does not bring together.
    private static readonly string[] SharedUpperCases =
    [
        "i\u0131", "s\u017F", "\u00B5\u03BC", "\u0345\u03B9\u1FBE", "\u0390\u1FD3", "\u03B0\u1FE3", "\u03B2\u03D0",
        "\u03B5\u03F5", "\u03B8\u03D1", "\u03BA\u03F0", "\u03C0\u03D6", "\u03C1\u03F1", "\u03C2\u03C3", "\u03C6\u03D5",
        "\u0432\u1C80", "\u0434\u1C81", "\u043E\u1C82", "\u0441\u1C83", "\u0442\u1C84\u1C85", "\u044A\u1C86",
        "\u0463\u1C87", "\u1E61\u1E9B", "\u1C88\uA64B", "\uFB05\uFB06",
    ];

    // The other spellings of every letter that has some. Made when a pattern first needs it.
    private static readonly Lazy<Dictionary<int, int[]>> Variants = new(FindVariants);

    /// <summary>The steps of <see cref="AddVariants"/>, one for each letter that is looked up.</summary>
    public static int CountSteps(List<(int First, int Last)> ranges)
    {
        var steps = 0;
        foreach (var (first, last) in ranges)
        {
            steps += last - first < ManyCodePoints ? last - first + 1 : Variants.Value.Count;
        }

        return steps;
    }

    /// <summary>Adds to disjoint ranges every other spelling of the letters in them.</summary>
    public static void AddVariants(List<(int First, int Last)> ranges, bool isAscii)
    {
        for (var i = ranges.Count - 1; i >= 0; i--)
        {
            var (first, last) = ranges[i];
            if (isAscii)
            {
                AddAsciiVariants(first, Math.Min(last, 'z'), ranges);
            }
            else if (last - first < ManyCodePoints)
            {
                for (var codePoint = first; codePoint <= last; codePoint++)
                {
                    AddAll(Variants.Value.GetValueOrDefault(codePoint, []), ranges);
                }
            }
            else if (first <= LastCased)
            {
                foreach (var (codePoint, variants) in Variants.Value)
                {
                    AddAll(codePoint >= first && codePoint <= last ? variants : [], ranges);
                }
            }
        }
    }

    private static void AddAsciiVariants(int first, int last, List<(int First, int Last)> ranges)
    {
        for (var codePoint = first; codePoint <= last; codePoint++)
        {
            AddAll(CaseRules.IsAsciiLetter(codePoint) ? [codePoint ^ 0x20] : [], ranges);
        }
    }

    private static void AddAll(ReadOnlySpan<int> codePoints, List<(int First, int Last)> ranges)
    {
        foreach (var codePoint in codePoints)
        {
            ranges.Add((codePoint, codePoint));
        }
    }

    private static Dictionary<int, int[]> FindVariants()
    {
        var letters = new Dictionary<int, List<int>>();
        for (var codePoint = 0; codePoint <= LastCased; codePoint++)
        {
            var lower = CaseRules.ToLower(codePoint);
            if (lower != codePoint)
            {
                Letter(lower).Add(codePoint);
            }
        }

        foreach (var lowerCases in SharedUpperCases)
        {
            var merged = Letter(lowerCases[0]);
            foreach (var other in lowerCases.AsSpan(1))
            {
                merged.AddRange(Letter(other));
                letters[other] = merged;
            }
        }

        return letters.Values.Distinct()
            .SelectMany(static letter => letter.Select(spelling => (spelling, letter)))
            .ToDictionary(static pair => pair.spelling, static pair => pair.letter.Where(other => other != pair.spelling).ToArray());

        List<int> Letter(int lower)
        {
            if (!letters.TryGetValue(lower, out var letter))
            {
                letters[lower] = letter = [lower];
            }

            return letter;
        }
    }
}
