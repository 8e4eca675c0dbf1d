using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>Scalars of documents (docs/spec/evaluation.md 1.3).</summary>
public sealed class JsonScalarTests
{
    [Theory]
    [InlineData("null", ScalarKind.Null, "None")]
    [InlineData("true", ScalarKind.Boolean, "True")]
    [InlineData("false", ScalarKind.Boolean, "False")]
    [InlineData("12", ScalarKind.Integer, "12")]
    [InlineData("1.50", ScalarKind.Double, "1.5")]
    [InlineData("\"1.50\"", ScalarKind.String, "1.50")]
    public void TryGet_AScalar_ItsKindAndText(string json, ScalarKind kind, string text)
    {
        using var document = JsonDocument.Parse(json);

        Assert.True(JsonScalar.TryGet(document.RootElement, out var value));
        Assert.Equal((kind, text), (value.Kind, value.AsText()));
        Assert.Equal(text, JsonScalar.ToPlainText(document.RootElement));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"\\ud800\"")]
    public void TryGet_AnythingElse_False(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(JsonScalar.TryGet(document.RootElement, out _));
        Assert.Null(JsonScalar.ToPlainText(document.RootElement));
    }
}
