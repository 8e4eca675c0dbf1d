using EdgeProxy.Engine.Languages.Regexes.IRegexps;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.IRegexps;

/// <summary>RFC 9485: which patterns there are, and what they match.</summary>
public sealed partial class IRegexpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a|b||")]
    [InlineData("()")]
    [InlineData("(a|(b|c))")]
    [InlineData("a*b+c?")]
    [InlineData("(ab)*")]
    [InlineData("a{3}")]
    [InlineData("a{3,}")]
    [InlineData("a{3,5}")]
    [InlineData("a{0}")]
    [InlineData("a{03}")]
    [InlineData("a{0,0}")]
    [InlineData(".")]
    [InlineData(".*")]
    [InlineData("-")]
    [InlineData(",/:;<=>@#&%!~`'\"_ ")]
    [InlineData("a-b")]
    [InlineData("\u0000")]
    [InlineData("\n")]
    [InlineData("é☺😀")]
    [InlineData(@"\(\)\*\+\-\.\?\[\\\]\^\n\r\t\{\|\}")]
    [InlineData("[a]")]
    [InlineData("[abc]")]
    [InlineData("[a-z]")]
    [InlineData("[a-zA-Z0-9_]")]
    [InlineData("[^a]")]
    [InlineData("[^a-z]")]
    [InlineData("[-]")]
    [InlineData("[--]")]
    [InlineData("[-a]")]
    [InlineData("[a-]")]
    [InlineData("[-a-]")]
    [InlineData("[a-z-]")]
    [InlineData("[^-]")]
    [InlineData("[^-a]")]
    [InlineData("[^^]")]
    [InlineData("[a^]")]
    [InlineData("[.*+?(){}|$]")]
    [InlineData(@"[\[\]\\\-\^]")]
    [InlineData(@"[\n-\r]")]
    [InlineData(@"[\p{L}\p{Nd}_-]")]
    [InlineData(@"[^\P{L}]")]
    [InlineData("[a-a]")]
    [InlineData("[😀-😂]")]
    [InlineData(@"\p{L}\P{L}")]
    [InlineData("^a$")]
    public void TryCompile_IRegexp_Compiles(string pattern)
    {
        Assert.NotNull(IRegexp.TryCompile(pattern, whole: true));
        Assert.NotNull(IRegexp.TryCompile(pattern, whole: false));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("a)")]
    [InlineData("(a")]
    [InlineData("(a))")]
    [InlineData("*")]
    [InlineData("+a")]
    [InlineData("?")]
    [InlineData("|*")]
    [InlineData("(*)")]
    [InlineData("a**")]
    [InlineData("a*?")]
    [InlineData("a+?")]
    [InlineData("a++")]
    [InlineData("a??")]
    [InlineData("a{2}?")]
    [InlineData("a{2}{3}")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{2}")]
    [InlineData("a{")]
    [InlineData("a{}")]
    [InlineData("a{,}")]
    [InlineData("a{,3}")]
    [InlineData("a{2")]
    [InlineData("a{2,")]
    [InlineData("a{x}")]
    [InlineData("a{-1}")]
    [InlineData("a{ 2}")]
    [InlineData("a{3,2}")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("[]")]
    [InlineData("[^]")]
    [InlineData("[]a]")]
    [InlineData("[a")]
    [InlineData("[a-")]
    [InlineData("[[]")]
    [InlineData("[a[b]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData("[z-a]")]
    [InlineData("[a-b-c]")]
    [InlineData("[a--]")]
    [InlineData("[--a]")]
    [InlineData(@"[a-\p{L}]")]
    [InlineData(@"[\p{L}-z]")]
    [InlineData(@"[\d]")]
    [InlineData(@"[\u0061]")]
    [InlineData(@"\")]
    [InlineData(@"a\")]
    [InlineData(@"\d")]
    [InlineData(@"\w")]
    [InlineData(@"\s")]
    [InlineData(@"\S")]
    [InlineData(@"\b")]
    [InlineData(@"\A")]
    [InlineData(@"\Z")]
    [InlineData(@"\z")]
    [InlineData(@"\1")]
    [InlineData(@"\0")]
    [InlineData(@"\x41")]
    [InlineData(@"\u0041")]
    [InlineData(@"\a")]
    [InlineData(@"\f")]
    [InlineData(@"\v")]
    [InlineData(@"\/")]
    [InlineData(@"\$")]
    [InlineData(@"\ ")]
    [InlineData(@"\é")]
    [InlineData(@"\p")]
    [InlineData(@"\pL")]
    [InlineData(@"\p{}")]
    [InlineData(@"\p{L")]
    [InlineData(@"\p{l}")]
    [InlineData(@"\p{LU}")]
    [InlineData(@"\p{Lx}")]
    [InlineData(@"\p{Cs}")]
    [InlineData(@"\p{Letter}")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\p{^L}")]
    [InlineData(@"\P{}")]
    [InlineData("(?:a)")]
    [InlineData("(?i)a")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<n>a)")]
    [InlineData("(?P<n>a)")]
    [InlineData("(?>a)")]
    [InlineData("(?#a)")]
    public void TryCompile_NotAnIRegexp_IsNull(string pattern)
    {
        Assert.Null(IRegexp.TryCompile(pattern, whole: true));
        Assert.Null(IRegexp.TryCompile(pattern, whole: false));
    }

    [Fact]
    public void TryCompile_LoneSurrogate_IsNull()
    {
        Assert.All(["\uD83D", "a\uDE00", "[\uD83D]", "[a-\uDC00]"], pattern => Assert.Null(IRegexp.TryCompile(pattern, whole: true)));
    }

    [Fact]
    public void TryCompile_TooLargeOrTooDeep_IsNull()
    {
        Assert.NotNull(IRegexp.TryCompile("a{1000}", whole: true));
        Assert.NotNull(IRegexp.TryCompile(@"\p{L}{1,500}", whole: true));
        Assert.Null(IRegexp.TryCompile("(a{1000}){1000}", whole: true));
        Assert.NotNull(IRegexp.TryCompile(new string('(', 64) + new string(')', 64), whole: true));
        Assert.Null(IRegexp.TryCompile(new string('(', 65) + new string(')', 65), whole: true));
        Assert.Null(IRegexp.TryCompile(new string('(', 1_000_000), whole: true));
        Assert.Null(IRegexp.TryCompile(new string('a', 1_000_000), whole: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryCompile_AtTheBounds_IsNullBehindThem(bool whole)
    {
        Assert.NotNull(IRegexp.TryCompile(new string('a', 4_000), whole));
        Assert.Null(IRegexp.TryCompile(new string('a', 4_001), whole));
        Assert.NotNull(IRegexp.TryCompile("a{10000}", whole));
        Assert.Null(IRegexp.TryCompile("a{10001}", whole));
        Assert.Null(IRegexp.TryCompile("a{0,2147483647}", whole));
    }

    [Theory]
    [InlineData("(){2147483647}")]
    [InlineData("(){0,2147483647}")]
    [InlineData("((()*(){3,}){1000}){1000}")]
    [InlineData("(a{0}){0,20000}")]
    public void TryCompile_AnyNumberOfNothing_IsNothing(string pattern)
    {
        Assert.True(IsMatch(pattern, "", whole: true));
        Assert.False(IsMatch(pattern, "a", whole: true));
    }
}
