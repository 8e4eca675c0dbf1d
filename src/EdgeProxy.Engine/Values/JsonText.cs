using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeProxy.Engine.Values;

/// <summary>Strings out of JSON that may not be Unicode: an escape can be half of a surrogate pair.</summary>
internal static class JsonText
{
    /// <summary>Determines whether a reader is at the name of a member; one with half of a surrogate pair is like none.</summary>
    public static bool IsName(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The text of a string element; false where it holds a lone surrogate.</summary>
    public static bool TryGetString(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    /// <summary>The scalar that an element is; false for arrays, objects, and text that is not Unicode.</summary>
    public static bool TryGetScalar(JsonElement element, out ScalarValue value)
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
            case JsonValueKind.String when TryGetString(element, out var text):
                value = text;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A scalar as text (docs/spec/evaluation.md 5.9); null for what no value can equal.</summary>
    public static string? ToPlainText(JsonElement element) => TryGetScalar(element, out var value) ? value.AsText() : null;
}
