using EdgeProxy.Engine.Languages.Regexes;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>
/// Character classes and letter case over all of Unicode, as Python 3.11 has them (Unicode 14). Code points that were
/// not assigned then are left out: the runtime's tables are newer.
/// </summary>
public sealed class CharacterTests
{
    [Theory]
    [InlineData(@"\w", 0, true)]
    [InlineData(@"\W", 0, false)]
    [InlineData(@"[\w]", 0, true)]
    [InlineData(@"[^\w]", 0, false)]
    [InlineData(@"\b", 0, true)]
    [InlineData(@"\B", 0, false)]
    [InlineData(@"\d", 1, true)]
    [InlineData(@"\D", 1, false)]
    [InlineData(@"[^\d]", 1, false)]
    [InlineData(@"\s", 2, true)]
    [InlineData(@"\S", 2, false)]
    [InlineData(@"[^\s]", 2, false)]
    public void MatchesAtStart_AnyCodePoint_IsInClassWhereItIsInPython(string pattern, int corpusLine, bool isMember)
    {
        var corpus = Corpus.Read("characters.json");
        var members = Members(corpus[corpusLine]);
        var unassigned = Members(corpus[3]);
        var regex = PythonRegexes.Create(pattern);

        var wrong = Enumerable.Range(0, CodePoints.Max + 1).Where(codePoint =>
            !unassigned[codePoint]
            && regex.MatchesAtStart(CodePoints.ToText(codePoint), out _) != (members[codePoint] == isMember));

        Assert.Empty(wrong);
    }

    [Fact]
    public void MatchesAtStart_IgnoreCase_FindsTheSpellingsThatPythonFinds()
    {
        var spellings = Corpus.Texts(Corpus.Read("characters.json")[4]).Select(CodePoints.FromText).ToList();
        var cased = spellings.SelectMany(static spelling => spelling).Distinct().ToList();

        foreach (var spelling in spellings)
        {
            foreach (var pattern in (string[])[$@"(?i)\U{spelling[0]:X8}", $@"(?i)[\U{spelling[0]:X8}-\U{spelling[0]:X8}\d]"])
            {
                var regex = PythonRegexes.Create(pattern);
                Assert.Equal(
                    spelling.Order(),
                    cased.Where(letter => regex.MatchesAtStart(CodePoints.ToText(letter), out _)).Order());
            }
        }
    }

    [Theory]
    [InlineData(@"(?a)\w", "é", false)]
    [InlineData(@"(?a)\W", "é", true)]
    [InlineData(@"(?a)\d", "٣", false)]
    [InlineData(@"(?a)\s", "\u00A0", false)]
    [InlineData(@"(?a)\S", "\u001C", true)]
    [InlineData(@"(?a)[\w-]+$", "a-b_9", true)]
    [InlineData(@"(?a)e\b", "eé", true)]
    [InlineData(@"e\b", "eé", false)]
    [InlineData(@"(?a:\w)\w$", "aé", true)]
    [InlineData(@"(?a)(?u:\w)\w$", "éa", true)]
    [InlineData(@"(?a)(?u:\w)\w$", "éé", false)]
    [InlineData("(?ai)k", "\u212A", false)]
    [InlineData("(?i)k", "\u212A", true)]
    [InlineData("(?ai)é", "É", false)]
    [InlineData("(?ai)[k-m]+$", "kKLm", true)]
    [InlineData("(?i)ſtraße", "STRAẞE", true)]
    [InlineData("(?i)[^s]", "ſ", false)]
    [InlineData("(?i)i", "İ", true)]
    [InlineData("(?i)Σ", "ς", true)]
    public void MatchesAtStart_AsciiOrIgnoreCase_FollowsTheFlags(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    private static bool[] Members(System.Text.Json.JsonElement ranges)
    {
        var members = new bool[CodePoints.Max + 1];
        var bounds = ranges.EnumerateArray().Select(static bound => bound.GetInt32()).ToArray();
        for (var i = 0; i < bounds.Length; i += 2)
        {
            Array.Fill(members, true, bounds[i], bounds[i + 1] - bounds[i] + 1);
        }

        return members;
    }
}
