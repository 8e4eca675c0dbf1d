using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>Documents may hold strings with half of a surrogate pair, which are no text.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"name":1}""", true)]
    [InlineData("""{"n\u0061me":1}""", true)]
    [InlineData("""{"names":1}""", false)]
    [InlineData("""{"na\ud800":1}""", false)]
    public void IsName_AnyMember_ComparedWithoutEscapes(string json, bool expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Assert.True(reader.Read() && reader.Read());

        Assert.Equal(expected, JsonText.IsName(ref reader, "name"));
    }

    [Theory]
    [InlineData("\"x\"", "x")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    [InlineData("\"\\udc00\"", null)]
    public void TryGetString_AnyString_IfItIsUnicode(string json, string? expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected is not null, JsonText.TryGetString(document.RootElement, out var text));
        Assert.Equal(expected, text);
    }
}
