using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<a>; rel=\"next\"", "a")]
    [InlineData("<a>; rel=next", "a")]
    [InlineData("<a>;rel=NEXT", "a")]
    [InlineData(" < a > ; title=x ; REL = \"prev next\" ", "a")]
    [InlineData("<p>; rel=prev, <a>; rel=next, <b>; rel=next", "a")]
    [InlineData("<p>; title=\"a, <q>; rel=next\"; rel=prev, <a>; rel=next", "a")]
    [InlineData("<a,b>; rel=next", "a,b")]
    [InlineData("<a>; rel=\"nextpage\"", null)]
    [InlineData("<a>; rel=prev", null)]
    [InlineData("<a>", null)]
    [InlineData("", null)]
    [InlineData("next", null)]
    [InlineData("<a; rel=next", null)]
    [InlineData("<a>; rel", null)]
    [InlineData("<a>; rel=\"next", "a")]
    public void FindNext_AnyHeader_TheTargetOrNone(string header, string? expected)
    {
        Assert.Equal(expected, LinkHeader.FindNext([header]));
    }

    [Fact]
    public void FindNext_SeveralHeaders_AllLookedAt()
    {
        Assert.Equal("b", LinkHeader.FindNext(["<a>; rel=prev", "<b>; rel=next"]));
    }
}
