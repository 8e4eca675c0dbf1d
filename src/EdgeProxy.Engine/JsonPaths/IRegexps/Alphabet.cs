using System.Globalization;
using System.Text;

namespace EdgeProxy.Engine.JsonPaths.IRegexps;

/// <summary>
/// The characters as one pattern tells them apart. I-Regexp is about code points, .NET's regular expressions are about
/// UTF-16 units, and a set like <c>\p{L}</c> takes hundreds of alternatives to say in units. So the code points are cut
/// into intervals at the edges of all sets of the pattern; intervals that are in the same sets share a letter, which is
/// a number from 0; and pattern and text are both spelled in these letters, one unit each. There are far fewer letters
/// than units: no more than twice the ranges in the pattern, and some thousand in all categories of Unicode.
/// </summary>
internal sealed class Alphabet
{
    /// <summary>Where each interval begins; the first begins at 0.</summary>
    private readonly int[] _starts;

    /// <summary>The letter of each interval.</summary>
    private readonly int[] _letters;

    /// <summary>How many intervals each letter has.</summary>
    private readonly List<int> _sizes;

    public Alphabet(IReadOnlyCollection<CodePointSet> sets)
    {
        var edges = sets.SelectMany(static set => set.Ranges).SelectMany(static range => new[] { range.First, range.Last + 1 });
        _starts = [.. edges.Append(0).Distinct().Order()];
        _letters = new int[_starts.Length];
        _sizes = [_starts.Length];
        foreach (var set in sets)
        {
            TellApart(set);
        }
    }

    /// <summary>A set as a character class of .NET, in letters.</summary>
    public string LetterClass(CodePointSet set)
    {
        if (set.Ranges.Count == 0)
        {
            return @"[^\u0000-\uFFFF]"; // a class cannot be empty, but a set can: [^\p{L}\P{L}]
        }

        var letters = IntervalsOf(set).Select(interval => _letters[interval]).Distinct();
        return letters.Order().Aggregate(new StringBuilder("["), AppendLetter).Append(']').ToString();
    }

    /// <summary>A text in letters.</summary>
    public string Spell(string text)
    {
        var spelled = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // Half a pair by itself keeps its number, which is in no set.
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            spelled.Append((char)_letters[IntervalOf(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i])]);
        }

        return spelled.ToString();
    }

    private static StringBuilder AppendLetter(StringBuilder letters, int letter) =>
        letters.Append(CultureInfo.InvariantCulture, $@"\u{letter:X4}");

    /// <summary>Where a letter has intervals in the set and others outside, those inside get a new one.</summary>
    private void TellApart(CodePointSet set)
    {
        var renamed = new Dictionary<int, int>();
        foreach (var (letter, inside) in IntervalsOf(set).CountBy(interval => _letters[interval]))
        {
            if (inside < _sizes[letter])
            {
                _sizes[letter] -= inside;
                renamed.Add(letter, _sizes.Count);
                _sizes.Add(inside);
            }
        }

        foreach (var interval in IntervalsOf(set))
        {
            _letters[interval] = renamed.GetValueOrDefault(_letters[interval], _letters[interval]);
        }
    }

    private IEnumerable<int> IntervalsOf(CodePointSet set) => set.Ranges.SelectMany(range =>
    {
        var first = IntervalOf(range.First);
        return Enumerable.Range(first, IntervalOf(range.Last) - first + 1);
    });

    private int IntervalOf(int codePoint)
    {
        var index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 ? index : ~index - 1;
    }
}
