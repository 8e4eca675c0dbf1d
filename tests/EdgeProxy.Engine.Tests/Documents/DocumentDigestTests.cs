using System.Text;
using EdgeProxy.Engine.Documents;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>Equivalence of documents.</summary>
public sealed class DocumentDigestTests
{
    private const string Document = """{"a":{"b":[1,"x",null,true],"c":2.50},"updated_at":"2026-11-01T12:00:00Z","d":{}}""";

    [Theory]
    [InlineData("""{"d":{},"a":{"c":2.50,"b":[1,"x",null,true]},"updated_at":"2026-11-01T12:00:00Z"}""")]
    [InlineData("""{ "a" : { "b" : [ 1, "\u0078", null, true ], "\u0063" : 2.50 }, "d" : { }, "updated_at":"2026-11-01T12:00:00Z" } """)]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50},"updated_at":"2030-01-01T00:00:00Z","d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50},"d":{},"updated_at":[{}]}""")]
    public void Content_AnotherOrderSpellingOrTime_TheSame(string other)
    {
        Assert.Equal(Content(Document), Content(other));
    }

    [Theory]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.5},"d":{}}""")]
    [InlineData("""{"a":{"b":["x",1,null,true],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null,false],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x","null",true],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":["1","x",null,true],"c":2.50},"d":{}}""")]
    [InlineData("""{"a":{"c":[1,"x",null,true],"b":2.50},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50},"d":[]}""")]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50,"updated_at":"2026-11-01T12:00:00Z"},"d":{}}""")]
    [InlineData("""{"a":{"b":[1,"x",null,true],"c":2.50,"d":{}}}""")]
    [InlineData("""{"a":{"b":[[1,"x",null,true]],"c":2.50},"d":{}}""")]
    [InlineData("""[]""")]
    public void Content_AnotherMeaning_Another(string other)
    {
        Assert.NotEqual(Content(Document), Content(other));
    }

    [Fact]
    public void Content_MembersOfOneName_TheirOrderCounts()
    {
        Assert.NotEqual(Content("""{"a":1,"a":2}"""), Content("""{"a":2,"a":1}"""));
        Assert.Equal(Content("""{"a":1,"b":0,"a":2}"""), Content("""{"b":0,"a":1,"a":2}"""));
    }

    [Fact]
    public void Content_HalvesOfSurrogatePairs_CompareAsTheyAreSpelled()
    {
        Assert.NotEqual(Content("""{"a":"\ud800"}"""), Content("""{"a":"\ud801"}"""));
        Assert.Equal(Content("""{"\ud800":1,"b":2}"""), Content("""{"b":2,"\ud800":1}"""));
        Assert.Null(DocumentDigest.Of("""{"updated_at":"\ud800"}"""u8)!.Value.UpdatedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("{\"a\":1,}")]
    public void Digest_NotJson_None(string text)
    {
        Assert.Null(DocumentDigest.Of(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Digest_NotUtf8_None()
    {
        Assert.Null(DocumentDigest.Of([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']));
    }

    [Fact]
    public void Digest_AsDeepAsDocumentsMayBe_Made()
    {
        var deep = new string('[', EnvironmentDocumentReader.MaxDepth) + new string(']', EnvironmentDocumentReader.MaxDepth);

        Assert.NotNull(DocumentDigest.Of(Encoding.UTF8.GetBytes(deep)));
        Assert.Null(DocumentDigest.Of(Encoding.UTF8.GetBytes($"[{deep}]")));
    }

    [Fact]
    public void UpdatedAt_AsTheDocumentHasIt_Read()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero), DocumentDigest.Of(Encoding.UTF8.GetBytes(Document))!.Value.UpdatedAt);
        Assert.Null(DocumentDigest.Of("""{"updated_at":1}"""u8)!.Value.UpdatedAt);
        Assert.Null(DocumentDigest.Of("{}"u8)!.Value.UpdatedAt);
    }

    private static UInt128 Content(string document) => DocumentDigest.Of(Encoding.UTF8.GetBytes(document))!.Value.Content;
}
