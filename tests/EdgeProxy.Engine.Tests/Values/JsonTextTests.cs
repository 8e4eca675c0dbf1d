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

    [Theory]
    [InlineData("null", ScalarKind.Null, "None")]
    [InlineData("true", ScalarKind.Boolean, "True")]
    [InlineData("false", ScalarKind.Boolean, "False")]
    [InlineData("12", ScalarKind.Integer, "12")]
    [InlineData("1.50", ScalarKind.Double, "1.5")]
    [InlineData("\"1.50\"", ScalarKind.String, "1.50")]
    public void TryGetScalar_AScalar_ItsKindAndText(string json, ScalarKind kind, string text)
    {
        using var document = JsonDocument.Parse(json);

        Assert.True(JsonText.TryGetScalar(document.RootElement, out var value));
        Assert.Equal((kind, text), (value.Kind, value.AsText()));
        Assert.Equal(text, JsonText.ToPlainText(document.RootElement));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"\\ud800\"")]
    public void TryGetScalar_AnythingElse_False(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(JsonText.TryGetScalar(document.RootElement, out _));
        Assert.Null(JsonText.ToPlainText(document.RootElement));
    }
}
