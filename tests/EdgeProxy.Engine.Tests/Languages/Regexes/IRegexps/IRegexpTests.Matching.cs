using EdgeProxy.Engine.Languages.Regexes.IRegexps;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.IRegexps;

/// <content>Matching.</content>
public sealed partial class IRegexpTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "abcd", false)]
    [InlineData("a|b|", "b", true)]
    [InlineData("a|b|", "", true)]
    [InlineData("a|ab", "ab", true)]
    [InlineData("(a|b)*c", "ababc", true)]
    [InlineData("(ab)+", "ababa", false)]
    [InlineData("a{2,3}", "a", false)]
    [InlineData("a{2,3}", "aaa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("a{2,}", "aaaaa", true)]
    [InlineData("a{2}", "aa", true)]
    [InlineData("a{0}b", "b", true)]
    [InlineData(".", "\n", false)]
    [InlineData(".", "\r", false)]
    [InlineData(".", "\u2028", true)]
    [InlineData(".", "\u0085", true)]
    [InlineData(".", "😀", true)]
    [InlineData("..", "😀", false)]
    [InlineData("a.b", "a😀b", true)]
    [InlineData("[.]", "a", false)]
    [InlineData(@"\.", "a", false)]
    [InlineData(@"\.", ".", true)]
    [InlineData(@"\\.", "\\x", true)]
    [InlineData(@"\n\r\t", "\n\r\t", true)]
    [InlineData("[^a]", "\n", true)]
    [InlineData("[^a]", "😀", true)]
    [InlineData("[^a]", "a", false)]
    [InlineData("[a-c]", "b", true)]
    [InlineData("[a-c]", "-", false)]
    [InlineData("[ac-]", "-", true)]
    [InlineData("[-ac]", "-", true)]
    [InlineData("[^-a]", "-", false)]
    [InlineData("[a^]", "^", true)]
    [InlineData("[$]", "$", true)]
    [InlineData("[😀-😂]", "😁", true)]
    [InlineData("[😀-😂]", "😃", false)]
    [InlineData("[a-😂]", "\uFFFD", true)]
    [InlineData("[^😀]", "😁", true)]
    [InlineData("[^😀]", "😀", false)]
    [InlineData("😀*", "😀😀😀", true)]
    [InlineData("😀{2}", "😀", false)]
    [InlineData("#a b", "#a b", true)]
    [InlineData("i", "İ", false)]
    [InlineData(@"\p{L}+", "aßЖ語", true)]
    [InlineData(@"\p{L}", "1", false)]
    [InlineData(@"\p{Lu}\p{Ll}", "Жж", true)]
    [InlineData(@"\P{Lu}", "ж", true)]
    [InlineData(@"\P{Lu}", "Ж", false)]
    [InlineData(@"\p{Nd}{3}", "1٣৪", true)]
    [InlineData(@"\p{Lo}", "𠮷", true)]
    [InlineData(@"\p{L}{2}", "𠮷𐐀", true)]
    [InlineData(@"\p{So}", "😀", true)]
    [InlineData(@"\P{L}", "😀", true)]
    [InlineData(@"\p{Sc}\p{Zs}\p{Pd}", "€ -", true)]
    [InlineData(@"\p{Cc}", "\u0001", true)]
    [InlineData(@"\p{Cn}", "\u0378", true)]
    [InlineData(@"\p{Co}", "\uE000", true)]
    [InlineData(@"[^\p{L}\P{L}]", "a", false)]
    [InlineData(@"[\p{L}\p{N}_-]+", "aЖ_1-", true)]
    [InlineData(@"[^\p{L}]", "é", false)]
    [InlineData("^ab.*", "abc", true)]
    [InlineData(".*bc$", "abc", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("a^b", "ab", false)]
    [InlineData("(^a|b)+", "ab", true)]
    public void IsMatch_Whole_MatchesTheWholeText(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, IsMatch(pattern, text, whole: true));
    }

    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("", "abc", true)]
    [InlineData("d", "abc", false)]
    [InlineData("^b", "abc", false)]
    [InlineData("^a", "abc", true)]
    [InlineData("b$", "abc", false)]
    [InlineData("c$", "abc", true)]
    [InlineData("c$", "abc\n", false)]
    [InlineData("a|x", "bxb", true)]
    [InlineData("^a|c$", "xxc", true)]
    [InlineData(".", "\n", false)]
    [InlineData("b.d", "ab\ncd", false)]
    [InlineData("b.d", "ab😀d", true)]
    [InlineData(@"\p{Nd}{2}", "a1b22", true)]
    public void IsMatch_Search_MatchesSomewhere(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, IsMatch(pattern, text, whole: false));
    }

    [Fact]
    public void IsMatch_TextWithLoneSurrogate_IsNoCharacter()
    {
        Assert.False(IsMatch(".", "\uD83D", whole: true));
        Assert.False(IsMatch("[^a]", "\uDE00", whole: true));
        Assert.False(IsMatch(@"\P{L}", "\uD83D", whole: true));
        Assert.True(IsMatch("a", "\uD83Da", whole: false));
    }

    [Theory]
    [InlineData("L")]
    [InlineData("Lu")]
    [InlineData("M")]
    [InlineData("N")]
    [InlineData("P")]
    [InlineData("Z")]
    [InlineData("S")]
    [InlineData("C")]
    [InlineData("Cn")]
    public void IsMatch_Category_HasEveryCharacterOnOneSide(string category)
    {
        var inside = IRegexp.TryCompile($@"\p{{{category}}}", whole: true)!;
        var outside = IRegexp.TryCompile($@"\P{{{category}}}", whole: true)!;
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint += codePoint < 0x3000 ? 1 : 97)
        {
            if (codePoint is < 0xD800 or > 0xDFFF)
            {
                var character = char.ConvertFromUtf32(codePoint);
                Assert.NotEqual(
                    inside.IsMatch(character, int.MaxValue, out _),
                    outside.IsMatch(character, int.MaxValue, out _));
            }
        }
    }

    [Theory]
    [InlineData("((a*)*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+b")]
    [InlineData("a*a*a*a*a*a*a*a*b")]
    public void IsMatch_PatternThatWouldBacktrack_EndsInTime(string pattern)
    {
        Assert.False(IsMatch(pattern, new string('a', 20_000), whole: true));
    }

    private static bool IsMatch(string pattern, string text, bool whole)
    {
        var regexp = IRegexp.TryCompile(pattern, whole);
        Assert.NotNull(regexp);
        return regexp.IsMatch(text, int.MaxValue, out _);
    }
}
