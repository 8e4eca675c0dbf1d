using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>Reads scalars of documents (docs/spec/evaluation.md 1.3).</summary>
internal static class JsonScalar
{
    /// <summary>Reads a scalar; false for arrays, objects, and text that is not Unicode.</summary>
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

    /// <summary>Reads a scalar as text (docs/spec/evaluation.md 5.9); null for an element that no value can equal.</summary>
    public static string? ToPlainText(JsonElement element) => TryGet(element, out var value) ? value.AsText() : null;
}
