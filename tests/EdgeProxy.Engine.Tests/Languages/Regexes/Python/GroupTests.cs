namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>Groups, references, conditionals, lookarounds, flags and comments.</summary>
public sealed class GroupTests
{
    [Theory]
    [InlineData("(?P<x>a|b)(?P=x)", "aa", true)]
    [InlineData("(?P<x>a|b)(?P=x)", "ab", false)]
    [InlineData(@"(?P<größe>\d)(?P=größe)", "77", true)]
    [InlineData(@"(a)(?P<n>b)(c)\3\2\1", "abccba", true)]
    [InlineData(@"((a)b)\2", "aba", true)]
    [InlineData(@"(?:x)(a)(?:y)(b)\2", "xaybb", true)]
    [InlineData(@"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "abcdefghijj", true)]
    [InlineData(@"(a)|\1b", "b", false)]
    [InlineData(@"(a)?\1b", "b", false)]
    [InlineData(@"(a?)\1b", "b", true)]
    [InlineData(@"(?:(a)|b)*\1$", "aba", true)]
    [InlineData(@"(?:(a)|(b)|\1x)+$", "abax", true)]
    [InlineData(@"(?i)(a)\1", "aA", true)]
    [InlineData(@"(a)(?i:\1)", "aA", true)]
    [InlineData(@"(?i:(a))\1", "Aa", false)]
    [InlineData(@"(?i)(ß)\1$", "ßẞ", true)]
    [InlineData(@"(?ai)(.)\1$", "éÉ", false)]
    [InlineData(@"(?ai)(.)\1$", "eE", true)]
    public void MatchesAtStart_BackReference_RepeatsTheText(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("(<)?a(?(1)>|;)", "<a>", true)]
    [InlineData("(<)?a(?(1)>|;)", "a;", true)]
    [InlineData("(<)?a(?(1)>|;)", "<a;", false)]
    [InlineData("(?P<open><)?a(?(open)>)$", "a", true)]
    [InlineData("(?P<open><)?a(?(open)>)$", "<a", false)]
    [InlineData("(?(1)a|b)(c)", "bc", true)]
    [InlineData("(?:(?(2)x|y)(a)|(b))+$", "bxa", true)]
    [InlineData("(a)?(?(1)(?:b|c))$", "ac", true)]
    [InlineData("((?(1)a|){1,})+$", "aa", true)]
    public void MatchesAtStart_Conditional_AsksWhetherTheGroupMatched(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("a(?=b)b", "ab", true)]
    [InlineData("a(?!b)", "ab", false)]
    [InlineData("(?=(a+))\\1b", "aab", true)]
    [InlineData("(?=(a|ab))\\1c", "abc", false)]
    [InlineData("(?!(a)b)a\\1", "aa", false)]
    [InlineData("(?=a)*b", "b", true)]
    [InlineData("..(?<=ab)c", "abc", true)]
    [InlineData("..(?<!ab)c", "abc", false)]
    [InlineData("(?<=a)b", "b", false)]
    [InlineData("(?<!a)b", "b", true)]
    [InlineData("(?<=)b", "b", true)]
    [InlineData("(?<=^)b", "b", true)]
    [InlineData("ab(?<=a|b)c", "abc", true)]
    [InlineData("ab(?<=(\\w){2})\\1", "abb", true)]
    [InlineData("(a)b(?<=\\1b)c", "abc", true)]
    [InlineData("ab(?<=a(?=b)b)c", "abc", true)]
    [InlineData("ab(?<=(?<=a)b)c", "abc", true)]
    public void MatchesAtStart_Lookaround_TakesNothing(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("(?i)abc", "ABC", true)]
    [InlineData("(?im)a$", "A\nb", true)]
    [InlineData("(?i)(?s)a.", "A\n", true)]
    [InlineData("(?#first)(?i)a", "A", true)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("(?i:a)b", "Ab", true)]
    [InlineData("(?i)a(?-i:b)", "Ab", true)]
    [InlineData("(?i)a(?-i:b)", "AB", false)]
    [InlineData("(?s-i:.a)", "\na", true)]
    [InlineData("(?i)(?s-i:.a)", "\nA", false)]
    [InlineData("(?s:(?-s:.))", "\n", false)]
    [InlineData("(?x) a b # c\n d", "abd", true)]
    [InlineData("(?x)a\\ b[ ]c\\#", "a b c#", true)]
    [InlineData("(?x) (?i) a", "A", true)]
    [InlineData("(?x)a +", "aa", true)]
    [InlineData("(?x:a b)c d", "abc d", true)]
    [InlineData("(?x)a(?-x: b)", "a b", true)]
    [InlineData("(?x)a # no end", "a", true)]
    [InlineData("(?x)a #\\\nb\nc", "ac", true)]
    [InlineData("(?u)é", "é", true)]
    [InlineData("a(?#a comment)b", "ab", true)]
    [InlineData("a(?#a \\) comment)+$", "aa", true)]
    public void MatchesAtStart_FlagsAndComments_HoldWhereTheyStand(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }
}
