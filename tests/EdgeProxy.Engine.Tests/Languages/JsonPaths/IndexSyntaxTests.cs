namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.3.3 and 2.3.4: indexes and slices.</summary>
public sealed class IndexSyntaxTests
{
    [Theory]
    [InlineData("$[0]", 0L)]
    [InlineData("$[1]", 1L)]
    [InlineData("$[10]", 10L)]
    [InlineData("$[-1]", -1L)]
    [InlineData("$[-10]", -10L)]
    [InlineData("$[9007199254740991]", 9007199254740991L)]
    [InlineData("$[-9007199254740991]", -9007199254740991L)]
    public void TryParse_Index_IsRead(string text, long index)
    {
        var step = Assert.Single(Json.Query(text).SingularSteps!);
        Assert.Null(step.Name);
        Assert.Equal(index, step.Index);
    }

    [Theory]
    [InlineData("$[-0]")]
    [InlineData("$[00]")]
    [InlineData("$[01]")]
    [InlineData("$[-01]")]
    [InlineData("$[+1]")]
    [InlineData("$[-]")]
    [InlineData("$[--1]")]
    [InlineData("$[- 1]")]
    [InlineData("$[1.0]")]
    [InlineData("$[1e0]")]
    [InlineData("$[0x1]")]
    [InlineData("$[1 2]")]
    [InlineData("$[1-2]")]
    [InlineData("$[1_000]")]
    [InlineData("$[٣]")]
    [InlineData("$[9007199254740992]")]
    [InlineData("$[-9007199254740992]")]
    [InlineData("$[9223372036854775808]")]
    [InlineData("$[999999999999999999999999999999999]")]
    [InlineData("$[0:9007199254740992]")]
    [InlineData("$[9007199254740992:0]")]
    [InlineData("$[::9007199254740992]")]
    [InlineData("$[::-9007199254740992]")]
    public void TryParse_MalformedOrTooLargeIndex_Fails(string text)
    {
        Json.Error(text);
    }

    [Theory]
    [InlineData("$[:]")]
    [InlineData("$[::]")]
    [InlineData("$[1:]")]
    [InlineData("$[:1]")]
    [InlineData("$[1:2]")]
    [InlineData("$[-1:-2]")]
    [InlineData("$[::1]")]
    [InlineData("$[1::2]")]
    [InlineData("$[:1:2]")]
    [InlineData("$[1:2:]")]
    [InlineData("$[1:2:3]")]
    [InlineData("$[::-1]")]
    [InlineData("$[::0]")]
    [InlineData("$[-9007199254740991:9007199254740991:9007199254740991]")]
    [InlineData("$[1 :2]")]
    [InlineData("$[1: 2]")]
    [InlineData("$[1:2 :3]")]
    [InlineData("$[1:2: 3]")]
    [InlineData("$[ 1\t:\n2\r:\t3 ]")]
    [InlineData("$[ : : ]")]
    [InlineData("$[ : ]")]
    [InlineData("$[1:2,::,3]")]
    public void TryParse_Slice_Succeeds(string text)
    {
        Assert.Null(Json.Query(text).SingularSteps);
    }

    [Theory]
    [InlineData("$[:::]")]
    [InlineData("$[1:2:3:4]")]
    [InlineData("$[:,]")]
    [InlineData("$[-0:]")]
    [InlineData("$[:-0]")]
    [InlineData("$[::-0]")]
    [InlineData("$[01:]")]
    [InlineData("$[:01]")]
    [InlineData("$[::01]")]
    [InlineData("$['a':1]")]
    [InlineData("$[1:'a']")]
    [InlineData("$[1:*]")]
    [InlineData("$[1.0:2]")]
    [InlineData("$[1 1:2]")]
    [InlineData("$[:1 1]")]
    [InlineData("$[1;2]")]
    [InlineData("$[1..2]")]
    public void TryParse_MalformedSlice_Fails(string text)
    {
        Json.Error(text);
    }
}
