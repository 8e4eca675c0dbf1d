using EdgeProxy.Engine.Languages.JsonPaths;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.4.4 to 2.4.8: what the functions give.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("\"\"", "0")]
    [InlineData("\"abc\"", "3")]
    [InlineData("\"é\"", "1")]
    [InlineData("\"e\\u0301\"", "2")]
    [InlineData("\"😀\"", "1")]
    [InlineData("\"a😀b\"", "3")]
    [InlineData("[]", "0")]
    [InlineData("[1,[2,3]]", "2")]
    [InlineData("{}", "0")]
    [InlineData("""{"a":1,"b":{"c":2}}""", "2")]
    public void Length_StringOrStructure_CountsIt(string value, string length)
    {
        Assert.True(Json.Holds($"length(@)=={length}", value));
    }

    [Theory]
    [InlineData("length(@.a)")]
    [InlineData("length(@.n)")]
    [InlineData("length(@.i)")]
    [InlineData("length(@.d)")]
    [InlineData("length(@.t)")]
    [InlineData("length(12)")]
    [InlineData("length(true)")]
    [InlineData("length(null)")]
    [InlineData("length(length(@))")]
    public void Length_AnythingElse_IsNothing(string call)
    {
        const string Value = """{"n":null,"i":12,"d":1.5,"t":true}""";
        Assert.True(Json.Holds($"{call}==@.absent", Value));
        Assert.False(Json.Holds($"{call}==null", Value));
        Assert.False(Json.Holds($"{call}>=0", Value));
        Assert.False(Json.Holds($"{call}<1", Value));
    }

    [Theory]
    [InlineData("count(@)", "1")]
    [InlineData("count(@.absent)", "0")]
    [InlineData("count(@.*)", "3")]
    [InlineData("count(@..*)", "5")]
    [InlineData("count(@.a,@.a)", null)]
    [InlineData("count(@['a','a','b'])", "3")]
    [InlineData("count(@.c[?@>1])", "1")]
    public void Count_Query_CountsNodesWithRepetitions(string call, string? count)
    {
        if (count is null)
        {
            Json.Error($"$[?{call}==1]");
            return;
        }

        Assert.True(Json.Holds($"{call}=={count}", """{"a":1,"b":null,"c":[1,2]}"""));
    }

    [Theory]
    [InlineData("value(@.a)==1", true)]
    [InlineData("value(@..d)==3", true)]
    [InlineData("value(@.*)==1", false)]
    [InlineData("value(@.*)==@.absent", true)]
    [InlineData("value(@.absent)==@.absent", true)]
    [InlineData("value(@['a','a'])==1", false)]
    [InlineData("value(@.n)==null", true)]
    [InlineData("length(value(@..e))==2", true)]
    public void Value_Query_IsTheOnlyNode(string condition, bool expected)
    {
        Assert.Equal(expected, Json.Holds(condition, """{"a":1,"b":{"d":3,"e":"xy"},"n":null}"""));
    }

    [Theory]
    [InlineData("match(@.a,'b.c')", true)]
    [InlineData("match(@.a,'b')", false)]
    [InlineData("match(@.a,'.b.c')", false)]
    [InlineData("search(@.a,'b')", true)]
    [InlineData("search(@.a,'x')", true)]
    [InlineData("search(@.a,'xx')", false)]
    [InlineData("match(@.a,@.p)", true)]
    [InlineData("search('aabxcc',@.p)", true)]
    [InlineData("match('aabxcc',@.p)", false)]
    [InlineData("match(@.a,value(@..p))", true)]
    [InlineData("match(@.absent,'.*')", false)]
    [InlineData("match(@.n,'.*')", false)]
    [InlineData("match(@.i,'.*')", false)]
    [InlineData("match(@.l,'.*')", false)]
    [InlineData("match(1,'1')", false)]
    [InlineData("match(true,'true')", false)]
    [InlineData("match('','')", true)]
    [InlineData("match('a','')", false)]
    [InlineData("search('a','')", true)]
    [InlineData("match(@.a,@.absent)", false)]
    [InlineData("match(@.a,@.i)", false)]
    [InlineData("match(@.a,1)", false)]
    [InlineData("match(@.a,null)", false)]
    [InlineData("match(@.a,'[')", false)]
    [InlineData("match(@.a,@.bad)", false)]
    [InlineData("!match(@.a,@.bad)", true)]
    [InlineData("match('a','a|')", true)]
    [InlineData("match('ab','a|ab')", true)]
    public void MatchAndSearch_TextAndPattern_TestTheText(string condition, bool expected)
    {
        const string Value = """{"a":"bxc","p":"[a-b].c","i":1,"n":null,"l":["bxc"],"bad":"(?i)bxc"}""";
        Assert.Equal(expected, Json.Holds(condition, Value));
    }

    [Fact]
    public void Match_PatternsInTheData_AreEachTheirOwn()
    {
        var nodes = Json.Select("$[?match(@.t,@.p)].t", """[{"t":"a","p":"a"},{"t":"b","p":"a"},{"t":"c","p":"[a-c]"},{"t":"d","p":"["}]""");

        Assert.Equal("\"a\",\"c\"", nodes);
    }

    [Fact]
    public void Length_HalfASurrogatePair_CountsAsOne()
    {
        var node = PathNode.Array([PathNode.Of("a\uD83Db")]);

        Assert.NotNull(Json.Query("$[?length(@)==3]").First(node));
    }
}
