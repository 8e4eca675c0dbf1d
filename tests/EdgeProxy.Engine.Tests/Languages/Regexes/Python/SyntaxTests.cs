namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>Anchors, quantifiers, escapes and sets.</summary>
public sealed class SyntaxTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "abc", true)]
    [InlineData("a", "ba", false)]
    [InlineData("a", "ab", true)]
    [InlineData("a|b", "b", true)]
    [InlineData("|a", "b", true)]
    [InlineData("a\0b", "a\0b", true)]
    [InlineData("a-b&&c~", "a-b&&c~", true)]
    [InlineData("a", "", false)]
    public void MatchesAtStart_PlainPattern_MatchesAtTheStartOnly(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("a$", "a", true)]
    [InlineData("a$", "a\n", true)]
    [InlineData("a$", "a\n\n", false)]
    [InlineData("a$", "a\r\n", false)]
    [InlineData(@"a\Z", "a", true)]
    [InlineData(@"a\Z", "a\n", false)]
    [InlineData("(?m)a$", "a\nb", true)]
    [InlineData("(?m)a\n^b", "a\nb", true)]
    [InlineData("a\n^b", "a\nb", false)]
    [InlineData(@"(?m)a\n\Ab", "a\nb", false)]
    [InlineData("(?m)a\n^", "a\n", true)]
    [InlineData("a$\n$", "a\n", true)]
    [InlineData("^^$$", "", true)]
    [InlineData(@"\b", "", false)]
    [InlineData(@"\B", "", false)]
    [InlineData(@"\B", "-", true)]
    [InlineData(@"a\b-\B", "a-", true)]
    [InlineData(@"a\b", "a\u0301", true)]
    [InlineData(@"a\b", "a²", false)]
    [InlineData(@"a\b", "a\u200D", true)]
    public void MatchesAtStart_Anchor_HoldsWhereItHoldsInPython(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("a{2}$", "aa", true)]
    [InlineData("a{2}$", "a", false)]
    [InlineData("a{,2}$", "aa", true)]
    [InlineData("a{,2}$", "aaa", false)]
    [InlineData("a{2,}$", "aaaa", true)]
    [InlineData("a{2,}$", "a", false)]
    [InlineData("a{2,3}$", "aaaa", false)]
    [InlineData("a{,}$", "aaa", true)]
    [InlineData("a{0}b", "b", true)]
    [InlineData("a{}", "a{}", true)]
    [InlineData("a{1", "a{1", true)]
    [InlineData("a{1,x}", "a{1,x}", true)]
    [InlineData("a{ 1}", "a{ 1}", true)]
    [InlineData("a{-1}", "a{-1}", true)]
    [InlineData("{a}", "{a}", true)]
    [InlineData("x{,y", "x{,y", true)]
    [InlineData("}]", "}]", true)]
    [InlineData("a+?b", "aab", true)]
    [InlineData("a{1,2}?a$", "aaa", true)]
    [InlineData("(?:a|ab)(?:c|bcd)$", "abcd", true)]
    [InlineData("(?:)*a", "a", true)]
    [InlineData("(?:^)*a", "a", true)]
    [InlineData("(?:a*)*$", "aab", false)]
    [InlineData("(?:a?){3}$", "aa", true)]
    [InlineData("(?:|a)+b", "aab", true)]
    [InlineData("(?:a|b|)*?c", "abac", true)]
    [InlineData("a*+a", "aaa", false)]
    [InlineData("a++b", "aab", true)]
    [InlineData("a?+a", "a", false)]
    [InlineData("a{1,2}+a", "aaa", true)]
    [InlineData("a{1,2}+a", "aa", false)]
    [InlineData("(?:a|ab){2}+", "aba", false)]
    [InlineData("(?>(?:a|ab){2})", "aba", true)]
    [InlineData("(?>a*)a", "aa", false)]
    [InlineData("(?>a|ab)c", "abc", false)]
    [InlineData("(?>ab|a)c", "abc", true)]
    public void MatchesAtStart_Quantifier_CountsAsInPython(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData(@"\a\f\n\r\t\v\\$", "\a\f\n\r\t\v\\", true)]
    [InlineData(@"\x41\u0042\U00000043$", "ABC", true)]
    [InlineData(@"\0$", "\0", true)]
    [InlineData(@"\08$", "\u00008", true)]
    [InlineData(@"\012$", "\n", true)]
    [InlineData(@"\0123$", "\n3", true)]
    [InlineData(@"\101\377$", "A\u00FF", true)]
    [InlineData(@"(a)\1011$", "aA1", true)]
    [InlineData(@"\.\*\-\_\é\ \""$", ".*-_é \"", true)]
    [InlineData(@"\(\)\[\]\{\}$", "()[]{}", true)]
    public void MatchesAtStart_Escape_IsTheCharacter(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("[]a]+$", "]a", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("[a-]+$", "a-", true)]
    [InlineData("[-a]+$", "a-", true)]
    [InlineData("[a-c-e]+$", "b-e", true)]
    [InlineData("[a-c-e]", "d", false)]
    [InlineData(@"[\d-]+$", "1-", true)]
    [InlineData(@"[\d\-x]+$", "1-x", true)]
    [InlineData("[[]+$", "[[", true)]
    [InlineData("[[a]]", "a]", true)]
    [InlineData("[a-z-[aeiou]]", "a]", true)]
    [InlineData("[a-z-[aeiou]]", "b", false)]
    [InlineData("[a&&b]+$", "&ab", true)]
    [InlineData("[^^]", "^", false)]
    [InlineData("[a^]+$", "^a", true)]
    [InlineData(@"[\b]$", "\b", true)]
    [InlineData(@"[\x41-\u0043]+$", "ABC", true)]
    [InlineData(@"[\1\101]+$", "\u0001A", true)]
    [InlineData(@"[\]\\]+$", "]\\", true)]
    [InlineData(@"[\w.]+$", "a_1.é", true)]
    [InlineData(@"[\W\d]+$", "1-", true)]
    [InlineData(@"[\W\d]", "a", false)]
    [InlineData(@"[^\W\d_]+$", "aé", true)]
    [InlineData(@"[^\W\d_]", "_", false)]
    [InlineData(@"[\s\S]", "\n", true)]
    [InlineData(@"[^\s\S]", "a", false)]
    [InlineData("[ #]+$", " #", true)]
    [InlineData("(?x)[ #]+$", " #", true)]
    [InlineData("[.*+?{}()|$]+$", ".*+?{}()|$", true)]
    public void MatchesAtStart_Set_HasWhatItSays(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }
}
