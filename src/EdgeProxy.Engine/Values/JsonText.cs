using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeProxy.Engine.Values;

/// <summary>Strings out of JSON that may not be Unicode: an escape can be half of a surrogate pair.</summary>
internal static class JsonText
{
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

    /// <summary>A scalar as text (evaluation.md, section 5); null for what no value can equal: arrays, objects, text that is not Unicode.</summary>
    public static string? ToPlainText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TryGetString(element, out var text) ? text : null,
        JsonValueKind.Number => NumberText.ToText(ScalarValue.FromJsonNumber(element.GetRawText())),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null => "None",
        _ => null,
    };
}
