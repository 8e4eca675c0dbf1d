namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.3.5.1: which queries are singular.</summary>
public sealed class SingularStepsTests
{
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.a", "/a")]
    [InlineData("$.identity.traits['my trait']", "/identity/traits/my trait")]
    [InlineData("$[\"a\"][0].b[-1]", "/a/#0/b/#-1")]
    [InlineData("$ .a\n['b'] [1]", "/a/b/#1")]
    [InlineData("$['0'][0]", "/0/#0")]
    [InlineData("$['']", "/")]
    public void SingularSteps_NamesAndIndexesOnly_AreTheSteps(string text, string steps)
    {
        var actual = Json.Query(text).SingularSteps;

        Assert.NotNull(actual);
        Assert.Equal(steps, string.Concat(actual.Select(static step => "/" + (step.Name ?? $"#{step.Index}"))));
    }

    [Theory]
    [InlineData("$.*")]
    [InlineData("$[*]")]
    [InlineData("$..a")]
    [InlineData("$..[0]")]
    [InlineData("$['a','b']")]
    [InlineData("$[0,0]")]
    [InlineData("$[0:1]")]
    [InlineData("$[:]")]
    [InlineData("$[?@.a]")]
    [InlineData("$.a.*.b")]
    [InlineData("$.a[0:1].b")]
    [InlineData("$[ 'a']")]
    [InlineData("$['a' ]")]
    [InlineData("$.a[\t0]")]
    public void SingularSteps_AnythingElse_IsNull(string text)
    {
        Assert.Null(Json.Query(text).SingularSteps);
    }

    [Fact]
    public void SingularSteps_BlanksInBrackets_ChangeNothingInTheResult()
    {
        Assert.Equal("1", Json.Select("$[ 'a' ][ 1 ]", """{"a":[0,1]}"""));
    }
}
