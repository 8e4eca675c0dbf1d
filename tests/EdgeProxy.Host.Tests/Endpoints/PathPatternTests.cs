using EdgeProxy.Host.Endpoints;

namespace EdgeProxy.Host.Tests.Endpoints;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/a/{key}/b", "/a/x/b", "x")]
    [InlineData("/a/{key}/b", "/a/%C3%A9/b", "%C3%A9")]
    [InlineData("/a/{key}", "/a/x", "x")]
    [InlineData("/a/{key}/b", "/a//b", "")]
    [InlineData("/a/{key}/b", "/a/b", "")]
    [InlineData("/a/{key}/b", "/a/x/y/b", "")]
    [InlineData("/a/{key}/b", "/a/../b", "")]
    [InlineData("/a/{key}/b", "/a/x/c", "")]
    [InlineData("/a/{key}", "/a/", "")]
    [InlineData("/a/{key}", "/A/x", "")]
    public void ParameterOf_Path_TheSegmentAsItStands(string pattern, string path, string parameter)
    {
        var compiled = new PathPattern(pattern);

        Assert.Equal(parameter, compiled.ParameterOf(path).ToString());
        Assert.Equal(parameter.Length > 0, compiled.IsMatch(path));
    }
}
