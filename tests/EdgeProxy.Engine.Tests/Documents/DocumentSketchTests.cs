using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Documents;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>Documents with the same digest have the same sketch.</summary>
public sealed class DocumentSketchTests
{
    private const string Document =
        """{"id":1,"updated_at":"2026-11-28T10:00:00.5Z","name":"Environment of more than thirty-two bytes","feature_states":[{"enabled":true,"feature_state_value":"blue é"},{"enabled":false,"feature_state_value":null}]}""";

    [Theory]
    [InlineData("2026-11-28T10:00:00.5Z")]
    [InlineData("2026-12-01 23:59:59.999999+00:00")]
    public void Of_SameContent_Same(string time)
    {
        var turned = new JsonObject([.. JsonNode.Parse(Document.Replace("2026-11-28T10:00:00.5Z", time, StringComparison.Ordinal))!.AsObject()
            .Reverse().Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);
        var json = turned.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        Assert.Equal(DocumentDigest.Of(Encoding.UTF8.GetBytes(Document))!.Value.Content, DocumentDigest.Of(Encoding.UTF8.GetBytes(json))!.Value.Content);
        Assert.NotNull(SketchOf(Document));
        Assert.Equal(SketchOf(Document), SketchOf(json));
    }

    [Theory]
    [InlineData("blue", "green")]
    [InlineData("blue", "bluf")]
    [InlineData("true", "false")]
    [InlineData("null", "\"\"")]
    public void Of_OtherContent_Other(string text, string other) =>
        Assert.NotEqual(SketchOf(Document), SketchOf(Document.Replace(text, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("bl\\u0075e")]
    [InlineData("blue\\n")]
    public void Of_Escapes_None(string text)
    {
        Assert.Null(SketchOf(Document.Replace("blue", text, StringComparison.Ordinal)));
        Assert.Null(SketchOf($$"""{"a":"{{text}}"}"""));
    }

    [Fact]
    public void Of_AnyLength_AsByteByByte()
    {
        var random = new Random(21);
        foreach (var length in new[] { 0, 1, 31, 32, 33, 4095, 4096, 4097, 4128, 10_000 })
        {
            var document = new byte[length];
            random.NextBytes(document);
            document.AsSpan().Replace((byte)'\\', (byte)0xFF);
            var counted = document.Where(static value => value > ' ' && value is < (byte)'+' or > (byte)':' && value != 'T' && value != 'Z').ToList();

            Assert.Equal(new DocumentSketch(counted.Count, counted.Sum(static value => (long)value)), DocumentSketch.Of(document));
        }
    }

    private static DocumentSketch? SketchOf(string document) => DocumentSketch.Of(Encoding.UTF8.GetBytes(document));
}
