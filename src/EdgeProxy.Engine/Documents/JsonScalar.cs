using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>Scalars of documents (docs/spec/evaluation.md 1.3).</summary>
internal static class JsonScalar
{
    /// <summary>The scalar that an element is; false for arrays, objects, and text that is not Unicode.</summary>
    public static bool TryGet(JsonElement element, out ScalarValue value)
    {
        value = default;
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = element.ValueKind == JsonValueKind.True;
                return true;
            case JsonValueKind.Number:
                value = ScalarValue.FromJsonNumber(element.GetRawText());
                return true;
            case JsonValueKind.String when JsonText.TryGetString(element, out var text):
                value = text;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A scalar as text (docs/spec/evaluation.md 5.9); null for what no value can equal.</summary>
    public static string? ToPlainText(JsonElement element) => TryGet(element, out var value) ? value.AsText() : null;
}
