using System.Text.RegularExpressions;
using EdgeProxy.Engine.Languages.Regexes.IRegexps;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.IRegexps;

/// <summary>
/// Random patterns against .NET's own engine, which means the same by them as long as there are only plain characters:
/// each on every text of up to four letters.
/// </summary>
public sealed class IRegexpModelTests
{
    private const int Patterns = 100;
    private const int MaxTextLength = 4;

    private static readonly string[] Atoms = ["a", "b", "c", ".", "[ab]", "[^a]", "[b-c]", "[-a]", @"\p{Ll}", @"\.", "()"];
    private static readonly string[] Quantifiers = ["", "", "", "*", "+", "?", "{0}", "{1}", "{2}", "{0,2}", "{1,3}", "{2,}", "{0,}"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void IsMatch_RandomPatterns_AgreesWithDotNet(int seed)
    {
        var random = new Random(seed);
        var texts = Texts("abc.").ToList();
        for (var i = 0; i < Patterns; i++)
        {
            var pattern = Pattern(random, depth: 3);
            AssertAgree(IRegexp.TryCompile(pattern, whole: true), Model($@"\A(?:{pattern})\z"), texts);
            AssertAgree(IRegexp.TryCompile(pattern, whole: false), Model(pattern), texts);

            // .NET's $ also matches before a line end at the end of the text; these texts have none.
            var anchored = $"^{pattern}|{pattern}$";
            AssertAgree(IRegexp.TryCompile(anchored, whole: false), Model(anchored), texts);
        }
    }

    private static Regex Model(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static void AssertAgree(IRegexp? regexp, Regex model, List<string> texts)
    {
        Assert.NotNull(regexp);
        foreach (var text in texts)
        {
            var actual = regexp.IsMatch(text, int.MaxValue, out _);
            Assert.True(model.IsMatch(text) == actual, $"'{model}' on '{text}'");
        }
    }

    private static string Pattern(Random random, int depth)
    {
        var branches = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Branch(random, depth));
        return depth == 0 ? Branch(random, depth) : string.Join('|', branches);
    }

    private static string Branch(Random random, int depth) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ =>
    {
        var atom = depth > 0 && random.Next(3) == 0 ? $"({Pattern(random, depth - 1)})" : Atoms[random.Next(Atoms.Length)];
        return atom + Quantifiers[random.Next(Quantifiers.Length)];
    }));

    private static IEnumerable<string> Texts(string letters)
    {
        List<string> texts = [""];
        for (var length = 0; length <= MaxTextLength; length++)
        {
            foreach (var text in texts)
            {
                yield return text;
            }

            texts = [.. texts.SelectMany(text => letters.Select(letter => text + letter))];
        }
    }
}
