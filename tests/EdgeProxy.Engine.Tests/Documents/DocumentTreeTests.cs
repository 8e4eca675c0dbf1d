using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Documents;

namespace EdgeProxy.Engine.Tests.Documents;

public sealed class DocumentTreeTests
{
    [Fact]
    public void Items_MoreValuesThanOneChunkHas_AllInOrder()
    {
        var root = Read($$"""{ "list" : [ {{string.Join(" , ", Enumerable.Range(0, 20_000).Select(static i => $$"""{"n":{{i}},"deep":[[{{i}}],{"a":null}]}"""))}} ] , "last":true}""");

        var numbers = root.Member("list").Items().Select(static item => item.Member("n").AsId());

        Assert.Equal(Enumerable.Range(0, 20_000).Select(static i => (long)i), numbers);
        Assert.True(root.Member("last").AsBoolean());
        Assert.Equal(19_999, root.Member("list").Items().Last().Member("deep").Items().First().Items().Single().AsId());
    }

    [Theory]
    [InlineData("""{"a":1,"name":2,"name":3}""", 3)]
    [InlineData("""{"n\u0061me":2,"a":1}""", 2)]
    [InlineData("""{"name":1,"\u006e\u0061\u006d\u0065":2}""", 2)]
    [InlineData("""{"names":1,"nam":2,"name" : 4 ,"nam\u0065s":5}""", 4)]
    [InlineData("""{"x":{"name":1},"y":["name"],"name":6,"z":"\"name\":7"}""", 6)]
    public void Member_OfAName_TheLastOne(string json, long expected) => Assert.Equal(expected, Read(json).Member("name").AsId());

    [Theory]
    [InlineData("""{"nam\ud83d":1}""", true)]
    [InlineData("""{"name":1,"nam\ud83d":1}""", true)]
    [InlineData("""{"nam\ud83d":1,"name":1}""", false)] // an earlier one does not count
    [InlineData("""{"other\ud83d":1}""", false)] // which is no beginning of the name
    public void Member_ANameWithHalfOfASurrogatePair_ReportedIfItMightBeTheName(string json, bool isReported)
    {
        var root = Read(json);

        var exception = Record.Exception(() => root.Member("name"));

        Assert.Equal(isReported, exception is InvalidPartException);
    }

    [Theory]
    [InlineData("""{"identity_overrides":[{"a":[1,"]"]},2]}""", 2, """[{"a":[1,"]"]},2]""")]
    [InlineData("""{"identity_overrides":[1],"identity_overrides":[2,3]}""", 2, "[2,3]")]
    [InlineData("""{"identity_overrides":[1],"identity_overrides":[]}""", 0, "[]")]
    [InlineData("""{"x":{"identity_overrides":[1]}}""", 0, "")]
    public void Overrides_OfTheRoot_LeftOutOfTheTree(string json, int count, string expected)
    {
        var tree = DocumentTree.Read(Encoding.UTF8.GetBytes(json));

        Assert.Equal(count, tree.OverrideCount);
        Assert.Equal(expected, Encoding.UTF8.GetString(tree.Overrides.Span));
        Assert.Empty(new DocumentElement(tree, DocumentPath.Root).Member("identity_overrides").Items());
    }

    [Fact]
    public void Overrides_TheLastMemberIsNoList_NoneAreLeftOut()
    {
        var tree = DocumentTree.Read("""{"identity_overrides":[1],"identity_overrides":7}"""u8.ToArray());

        Assert.Equal(0, tree.OverrideCount);
        Assert.Equal(7, new DocumentElement(tree, DocumentPath.Root).Member("identity_overrides").AsId());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"a":}""")]
    [InlineData("[1] 2")]
    public void Read_NotJson_Thrown(string json) => Assert.ThrowsAny<JsonException>(() => DocumentTree.Read(Encoding.UTF8.GetBytes(json)));

    private static DocumentElement Read(string json) => new(DocumentTree.Read(Encoding.UTF8.GetBytes(json)), DocumentPath.Root);
}
