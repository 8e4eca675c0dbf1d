namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>The words are Python's; positions are code points.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("*a", "nothing to repeat at position 0")]
    [InlineData("a|*", "nothing to repeat at position 2")]
    [InlineData("(+a)", "nothing to repeat at position 1")]
    [InlineData("^*", "nothing to repeat at position 1")]
    [InlineData("$?", "nothing to repeat at position 1")]
    [InlineData(@"\b+", "nothing to repeat at position 2")]
    [InlineData(@"\Z{2}", "nothing to repeat at position 2")]
    [InlineData("{2}", "nothing to repeat at position 0")]
    [InlineData("(?i)*", "nothing to repeat at position 4")]
    [InlineData("a**", "multiple repeat at position 2")]
    [InlineData("a{2}{3}", "multiple repeat at position 4")]
    [InlineData("a+++", "multiple repeat at position 3")]
    [InlineData("(?x)a* *", "multiple repeat at position 7")]
    [InlineData("a{3,2}", "min repeat greater than max repeat at position 2")]
    [InlineData("a{4294967295}", "the repetition number is too large at position 12")]
    [InlineData("a{99999999999999999999999999}", "the repetition number is too large at position 28")]
    public void TryCreate_BadQuantifier_IsRefused(string pattern, string error)
    {
        Assert.Equal(error, PythonRegexes.Error(pattern));
    }

    [Theory]
    [InlineData("(a", "missing ), unterminated subpattern at position 0")]
    [InlineData("b(?:a", "missing ), unterminated subpattern at position 1")]
    [InlineData("a)", "unbalanced parenthesis at position 1")]
    [InlineData("(?", "unexpected end of pattern at position 2")]
    [InlineData("(?#a", "missing ), unterminated comment at position 0")]
    [InlineData("(?<n>a)", "unknown extension ?<n at position 1")]
    [InlineData("(?'n'a)", "unknown extension ?' at position 1")]
    [InlineData("(?P>n)", "unknown extension ?P> at position 1")]
    [InlineData("(?P<n", "missing >, unterminated name at position 4")]
    [InlineData("(?P<>a)", "missing group name at position 4")]
    [InlineData("(?P<1>a)", "bad character in group name '1' at position 4")]
    [InlineData("(?P<a-b>a)", "bad character in group name 'a-b' at position 4")]
    [InlineData("(?P<a>x)(?P<a>y)", "redefinition of group name 'a' as group 2; was group 1 at position 12")]
    [InlineData("(?P=a)", "unknown group name 'a' at position 4")]
    [InlineData("(?P<n>(?P=n))", "cannot refer to an open group at position 10")]
    [InlineData(@"(a\1)", "cannot refer to an open group at position 2")]
    [InlineData(@"(a)\2", "invalid group reference 2 at position 4")]
    [InlineData(@"\8", "invalid group reference 8 at position 1")]
    [InlineData("(?(2)a)(b)", "invalid group reference 2 at position 3")]
    [InlineData("(?(99999999999)a)(b)", "invalid group reference 2147483647 at position 3")]
    [InlineData("(?(n)a)", "unknown group name 'n' at position 3")]
    [InlineData("(?(0)a)", "bad group number at position 3")]
    [InlineData("(?(-1)a)", "bad character in group name '-1' at position 3")]
    [InlineData("(?(1)a|b|c)(d)", "conditional backref with more than two branches at position 8")]
    [InlineData("(?<=a+)b", "look-behind requires fixed-width pattern at position 0")]
    [InlineData("x(?<!a|bc)d", "look-behind requires fixed-width pattern at position 1")]
    [InlineData(@"(a|bc)(?<=\1)", "look-behind requires fixed-width pattern at position 6")]
    [InlineData(@"(?<=(a)\1)", "cannot refer to group defined in the same lookbehind subpattern at position 9")]
    [InlineData("(?<=(?(1)a|b))(c)", "cannot refer to an open group at position 9")]
    public void TryCreate_BadGroup_IsRefused(string pattern, string error)
    {
        Assert.Equal(error, PythonRegexes.Error(pattern));
    }

    [Theory]
    [InlineData("a(?i)b", "global flags not at the start of the expression at position 1")]
    [InlineData("a|(?i)b", "global flags not at the start of the expression at position 2")]
    [InlineData("((?i)b)", "global flags not at the start of the expression at position 1")]
    [InlineData("(?:)(?i)b", "global flags not at the start of the expression at position 4")]
    [InlineData(" (?x)b", "global flags not at the start of the expression at position 1")]
    [InlineData("(?L)a", "bad inline flags: cannot use 'L' flag with a str pattern at position 3")]
    [InlineData("(?au)b", "bad inline flags: flags 'a', 'u' and 'L' are incompatible at position 5")]
    [InlineData("(?a)(?u)b", "ASCII and UNICODE flags are incompatible")]
    [InlineData("(?-a:b)", "bad inline flags: cannot turn off flags 'a', 'u' and 'L' at position 5")]
    [InlineData("(?i-i:b)", "bad inline flags: flag turned on and off at position 5")]
    [InlineData("(?i", "missing -, : or ) at position 3")]
    [InlineData("(?i-", "missing flag at position 4")]
    [InlineData("(?i-:a)", "missing flag at position 4")]
    [InlineData("(?-i)a", "missing : at position 4")]
    [InlineData("(?iz)", "unknown flag at position 3")]
    [InlineData("(?z)", "unknown extension ?z at position 1")]
    [InlineData("(?t)a", "unknown extension ?t at position 1")]
    public void TryCreate_BadFlags_AreRefused(string pattern, string error)
    {
        Assert.StartsWith(error, PythonRegexes.Error(pattern), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\", "bad escape (end of pattern) at position 0")]
    [InlineData(@"a\", "bad escape (end of pattern) at position 1")]
    [InlineData(@"\z", @"bad escape \z at position 0")]
    [InlineData(@"\p{L}", @"bad escape \p at position 0")]
    [InlineData(@"\k<n>", @"bad escape \k at position 0")]
    [InlineData(@"\G", @"bad escape \G at position 0")]
    [InlineData(@"[\A]", @"bad escape \A at position 1")]
    [InlineData(@"[\8]", @"bad escape \8 at position 1")]
    [InlineData(@"\x4", @"incomplete escape \x4 at position 0")]
    [InlineData(@"\u12g", @"incomplete escape \u12 at position 0")]
    [InlineData(@"\U00110000", @"bad escape \U00110000 at position 0")]
    [InlineData(@"\400", @"octal escape value \400 outside of range 0-0o377 at position 0")]
    [InlineData(@"😀\q", @"bad escape \q at position 1")]
    [InlineData(@"\N{DASH}", "character names are not supported at position 0")]
    [InlineData("[", "unterminated character set at position 0")]
    [InlineData("a[]", "unterminated character set at position 1")]
    [InlineData("[^]", "unterminated character set at position 0")]
    [InlineData("[a-", "unterminated character set at position 0")]
    [InlineData("[z-a]", "bad character range z-a at position 1")]
    [InlineData(@"[a-\d]", @"bad character range a-\d at position 1")]
    [InlineData(@"[\d-a]", @"bad character range \d-a at position 1")]
    public void TryCreate_BadEscapeOrSet_IsRefused(string pattern, string error)
    {
        Assert.Equal(error, PythonRegexes.Error(pattern));
    }
}
