using System.Globalization;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Values in sentences: quoted where they are text, and shortened.</summary>
internal static class Quote
{
    private const int MaxLength = 80;
    private const int MaxItems = 5;

    /// <summary>Quotes a text.</summary>
    public static string Text(string? text) => text is null ? "null" : $"\"{Short(text)}\"";

    /// <summary>Shortens a text.</summary>
    public static string Short(string text) => ShortText.Truncate(text, MaxLength);

    /// <summary>Formats a value: text in quotes, anything else as JSON has it.</summary>
    public static string Value(ScalarValue value) => value.Kind == ScalarKind.String ? Text(value.Text) : Short(value.Text);

    /// <summary>Formats a list.</summary>
    public static string List(IReadOnlyList<string> items)
    {
        var shown = string.Join(", ", items.Take(MaxItems).Select(Short));
        return items.Count <= MaxItems ? shown : $"{shown}, … ({items.Count} in all)";
    }

    /// <summary>Formats a position or a percentage.</summary>
    public static string Percent(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Names a type, with its article.</summary>
    public static string TypeOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Integer => "a whole number",
        ScalarKind.Double => "a number with a fraction",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.String => "text",
        _ => "nothing",
    };
}
