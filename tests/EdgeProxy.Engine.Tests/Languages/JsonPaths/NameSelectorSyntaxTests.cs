using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.3.1: quoted names and what may be escaped in them.</summary>
public sealed class NameSelectorSyntaxTests
{
    [Theory]
    [InlineData("$['a']", "a")]
    [InlineData("$[\"a\"]", "a")]
    [InlineData("$['']", "")]
    [InlineData("$[\"\"]", "")]
    [InlineData("$['my trait']", "my trait")]
    [InlineData("$['a.b[0]*?@$']", "a.b[0]*?@$")]
    [InlineData("$['\"']", "\"")]
    [InlineData("$[\"'\"]", "'")]
    [InlineData(@"$['\'']", "'")]
    [InlineData("$[\"\\\"\"]", "\"")]
    [InlineData(@"$['\\']", "\\")]
    [InlineData(@"$['\/']", "/")]
    [InlineData("$['/']", "/")]
    [InlineData(@"$['\b\f\n\r\t']", "\b\f\n\r\t")]
    [InlineData("$[\"\\b\\f\\n\\r\\t\\/\\\\\"]", "\b\f\n\r\t/\\")]
    [InlineData(@"$['\u0061']", "a")]
    [InlineData(@"$['\u006A\u006a']", "jj")]
    [InlineData(@"$['\u0000']", "\0")]
    [InlineData(@"$['\u0027\u0022\u005C']", "'\"\\")]
    [InlineData(@"$['\u00e9']", "é")]
    [InlineData(@"$['\uD7FF\uE000\uFFFF']", "\uD7FF\uE000\uFFFF")]
    [InlineData(@"$['\uD83D\uDE00']", "😀")]
    [InlineData(@"$['\ud83d\ude00\ud83d\ude01']", "😀😁")]
    [InlineData("$['\u007F']", "\u007F")]
    [InlineData("$['\u2028é☺😀']", "\u2028é☺😀")]
    public void TryParse_QuotedName_IsUnescaped(string text, string name)
    {
        var step = Assert.Single(Json.Query(text).SingularSteps!);
        Assert.Equal(name, step.Name);
    }

    [Theory]
    [InlineData("$[']")]
    [InlineData("$[\"]")]
    [InlineData("$['a]")]
    [InlineData("$['a\"]")]
    [InlineData("$[\"a']")]
    [InlineData("$['a'b']")]
    [InlineData(@"$['\']")]
    [InlineData(@"$['\")]
    [InlineData("$['\\\"']")]
    [InlineData("$[\"\\'\"]")]
    [InlineData(@"$['\a']")]
    [InlineData(@"$['\v']")]
    [InlineData(@"$['\0']")]
    [InlineData(@"$['\x41']")]
    [InlineData(@"$['\B']")]
    [InlineData(@"$['\ ']")]
    [InlineData(@"$['\U0061']")]
    [InlineData(@"$['\u']")]
    [InlineData(@"$['\u006']")]
    [InlineData(@"$['\u006")]
    [InlineData(@"$['\u00G1']")]
    [InlineData(@"$['\u{61}']")]
    [InlineData(@"$['\uD800']")]
    [InlineData(@"$['\uDC00']")]
    [InlineData(@"$['\uD83D\u0061']")]
    [InlineData(@"$['\uD83D\uD83D']")]
    [InlineData(@"$['\uD83D\uE000']")]
    [InlineData(@"$['\uD83Dx']")]
    [InlineData(@"$['\uD83D\n']")]
    [InlineData(@"$['\uD83D\u")]
    [InlineData(@"$['\uDE00\uD83D']")]
    [InlineData("$['\\\n']")]
    public void TryParse_MalformedQuotedName_Fails(string text)
    {
        Json.Error(text);
    }

    [Fact]
    public void TryParse_ControlCharacter_MustBeEscaped()
    {
        for (var control = '\0'; control < ' '; control++)
        {
            Json.Error($"$['{control}']");
            Json.Error($"$[\"a{control}\"]");
            Json.Error($"$[?@.a=='{control}']");
        }
    }

    [Fact]
    public void TryParse_LoneSurrogateInQuotes_Fails()
    {
        Assert.All(
            ["$['\uD800']", "$[\"\uDC00\"]", "$['\uDE00\uD83D']", "$['\uD83D", "$[?@=='\uD83D']", "$['\uD83D\\uDE00']"],
            text => Assert.False(JsonPathQuery.TryParse(text, out _, out _)));
    }
}
