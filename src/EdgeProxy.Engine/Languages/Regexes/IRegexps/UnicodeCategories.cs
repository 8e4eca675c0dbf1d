using System.Globalization;

namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

/// <summary>
/// The general categories of Unicode, by the names that regular expressions have for them. .NET knows a code point's
/// category but not a category's code points, so they are all looked at once; that takes some milliseconds and is done
/// for patterns that name a category only.
/// </summary>
internal sealed class UnicodeCategories
{
    /// <summary>In the order of <see cref="UnicodeCategory"/>. I-Regexp has no <c>Cs</c>, for text has no surrogates.</summary>
    private static readonly string[] Names =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private readonly Lazy<ILookup<UnicodeCategory, (int First, int Last)>> _ranges = new(ReadAll, isThreadSafe: false);
    private readonly Dictionary<(string Name, bool Complement), IReadOnlyList<(int First, int Last)>?> _found = [];

    /// <summary>
    /// The characters of a category, <c>Lu</c>, or of a group of them, <c>L</c>, or all others; null if there is none such.
    /// The same list each time.
    /// </summary>
    public IReadOnlyList<(int First, int Last)>? Find(string name, bool complement)
    {
        if (!_found.TryGetValue((name, complement), out var ranges))
        {
            ranges = !complement ? Build(name)
                : Find(name, complement: false) is { } others ? [.. CodePointRanges.Complement(others)]
                : null;
            _found.Add((name, complement), ranges);
        }

        return ranges;
    }

    private List<(int First, int Last)>? Build(string name)
    {
        var categories = Enum.GetValues<UnicodeCategory>()
            .Where(category => name.Length > 0 && Names[(int)category].StartsWith(name, StringComparison.Ordinal))
            .ToList();
        return categories.Count > 0
            ? CodePointRanges.Merge(categories.SelectMany(category => _ranges.Value[category]))
            : null;
    }

    private static ILookup<UnicodeCategory, (int First, int Last)> ReadAll()
    {
        var ranges = new List<(UnicodeCategory Category, int First, int Last)>();
        var first = 0;
        var category = CharUnicodeInfo.GetUnicodeCategory(first);
        for (var codePoint = 1; codePoint <= CodePoints.Max; codePoint++)
        {
            var next = CharUnicodeInfo.GetUnicodeCategory(codePoint);
            if (next != category)
            {
                ranges.Add((category, first, codePoint - 1));
                (category, first) = (next, codePoint);
            }
        }

        ranges.Add((category, first, CodePoints.Max));
        return ranges.ToLookup(static range => range.Category, static range => (range.First, range.Last));
    }
}
