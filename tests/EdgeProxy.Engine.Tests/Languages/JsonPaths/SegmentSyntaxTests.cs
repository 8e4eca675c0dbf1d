using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.1 and 2.5: segments, shorthand names, and blanks between and around them.</summary>
public sealed class SegmentSyntaxTests
{
    [Theory]
    [InlineData("$")]
    [InlineData("$.a")]
    [InlineData("$.a.b.c")]
    [InlineData("$.A")]
    [InlineData("$._")]
    [InlineData("$.a1")]
    [InlineData("$._1a_")]
    [InlineData("$.*")]
    [InlineData("$.true")]
    [InlineData("$.null")]
    [InlineData("$.length")]
    [InlineData("$.\u0080")]
    [InlineData("$.\u00A0")]
    [InlineData("$.\u2003")]
    [InlineData("$.tamaño")]
    [InlineData("$.サイズ")]
    [InlineData("$.a☺1")]
    [InlineData("$.\uD7FF")]
    [InlineData("$.\uE000")]
    [InlineData("$.\uFFFF")]
    [InlineData("$.a-b")]
    [InlineData("$.a-")]
    [InlineData("$.a--1")]
    [InlineData("$..a-b")]
    [InlineData("$[?@.a-b]")]
    [InlineData("$..a")]
    [InlineData("$..*")]
    [InlineData("$..['a']")]
    [InlineData("$..[0]")]
    [InlineData("$..[*]")]
    [InlineData("$..[?@.a]")]
    [InlineData("$..a..b")]
    [InlineData("$['a']['b']")]
    [InlineData("$['a'].b[0]")]
    [InlineData("$[*]")]
    [InlineData("$['a','b']")]
    [InlineData("$[0,1,2]")]
    [InlineData("$[0,'a',*,1:2,?@.a]")]
    [InlineData("$[*,*]")]
    public void TryParse_WellFormedSegments_Succeeds(string text)
    {
        Json.Query(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(".a")]
    [InlineData("@")]
    [InlineData("@.a")]
    [InlineData("['a']")]
    [InlineData("$$")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$...")]
    [InlineData("$...a")]
    [InlineData("$.a.")]
    [InlineData("$.a..")]
    [InlineData("$.1")]
    [InlineData("$.1a")]
    [InlineData("$.-a")]
    [InlineData("$.😀")]
    [InlineData("$.a😀b")]
    [InlineData("$[?@.a😀]")]
    [InlineData("$.a+")]
    [InlineData("$.&")]
    [InlineData("$.$")]
    [InlineData("$.@")]
    [InlineData("$.a$")]
    [InlineData("$.'a'")]
    [InlineData("$.\"a\"")]
    [InlineData("$.['a']")]
    [InlineData("$.[0]")]
    [InlineData("$..1")]
    [InlineData("$..'a'")]
    [InlineData("$..]")]
    [InlineData("$.\u007F")]
    [InlineData("$.a\u0000")]
    [InlineData("$.**")]
    [InlineData("$*")]
    [InlineData("$[")]
    [InlineData("$[]")]
    [InlineData("$]")]
    [InlineData("$['a'")]
    [InlineData("$['a']]")]
    [InlineData("$[['a']]")]
    [InlineData("$[a]")]
    [InlineData("$[.a]")]
    [InlineData("$[$]")]
    [InlineData("$[@]")]
    [InlineData("$[,]")]
    [InlineData("$['a',]")]
    [InlineData("$[,'a']")]
    [InlineData("$['a',,'b']")]
    [InlineData("$['a' 'b']")]
    [InlineData("$['a';'b']")]
    [InlineData("$[**]")]
    [InlineData("$(a)")]
    [InlineData("$[(0)]")]
    [InlineData("$.a=1")]
    [InlineData("$.a#")]
    [InlineData("$.a~")]
    [InlineData("$.a^")]
    public void TryParse_MalformedSegments_Fails(string text)
    {
        Json.Error(text);
    }

    [Theory]
    [InlineData("$#.a")]
    [InlineData("$#['a']")]
    [InlineData("$.a#.b")]
    [InlineData("$.a#..b")]
    [InlineData("$.*#[0]")]
    [InlineData("$['a']#['b']")]
    [InlineData("$[#'a']")]
    [InlineData("$['a'#]")]
    [InlineData("$['a'#,'b']")]
    [InlineData("$['a',#'b']")]
    [InlineData("$[#*#]")]
    [InlineData("$[#0#]")]
    [InlineData("$..[#0#]")]
    public void TryParse_BlanksWhereTheGrammarHasThem_Succeeds(string text)
    {
        Assert.All(Blanks, blanks => Json.Query(text.Replace("#", blanks, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("#$")]
    [InlineData("$#")]
    [InlineData("#$.a")]
    [InlineData("$.a#")]
    [InlineData("$['a']#")]
    [InlineData("$.#a")]
    [InlineData("$.#*")]
    [InlineData("$..#a")]
    [InlineData("$..#*")]
    [InlineData("$..#[0]")]
    [InlineData("$.#.a")]
    [InlineData("$.a#b")]
    [InlineData("$[#]")]
    public void TryParse_BlanksElsewhere_Fails(string text)
    {
        Assert.All(Blanks, blanks => Json.Error(text.Replace("#", blanks, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\u000B")]
    [InlineData("\u000C")]
    [InlineData("\u0000")]
    [InlineData("\u0085")]
    [InlineData("\u00A0")]
    [InlineData("\u2028")]
    [InlineData("\u3000")]
    [InlineData("\uFEFF")]
    public void TryParse_OtherWhiteSpace_IsNoBlank(string space)
    {
        Json.Error($"$[{space}0]");
        Json.Error($"${space}.a");
    }

    [Fact]
    public void TryParse_LoneSurrogateInShorthand_Fails()
    {
        Assert.All(
            ["$.\uD800", "$.\uDFFF", "$.a\uD83D", "$.\uDE00\uD83D", "$.a\uD83D.b", "$.\uD83D\uD83D\uDE00"],
            text => Assert.False(JsonPathQuery.TryParse(text, out _, out _)));
    }

    [Theory]
    [InlineData("x", "'$' expected at offset 0")]
    [InlineData("$.a ", "'.', '[' or the end expected at offset 3")]
    [InlineData("$.a[0", "',' or ']' expected at offset 5")]
    [InlineData("$.1", "name that begins with a digit at offset 2")]
    [InlineData("$['a", "closing quote expected at offset 4")]
    [InlineData("$[1,99999999999999999999]", "integer out of range at offset 4")]
    [InlineData("$[?@.a==@.*]", "neither a literal, nor a singular query, nor a call that gives a value at offset 8")]
    [InlineData("$[?nope(1)]", "arguments for a function that there is not at offset 7")]
    public void TryParse_Malformed_SaysWhatAndWhere(string text, string error)
    {
        Assert.Equal(error, Json.Error(text));
    }

    private static readonly string[] Blanks = [" ", "\t", "\n", "\r", " \t\r\n  "];
}
