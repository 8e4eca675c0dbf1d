using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Differences;

/// <summary>Formats parts of environments for people: on one line, and not longer than a line should be.</summary>
internal static class ChangeText
{
    private const int MaxLength = 200;

    /// <summary>Formats whether something is on.</summary>
    public static string Of(bool enabled) => enabled ? "on" : "off";

    /// <summary>Formats a value as JSON.</summary>
    public static string Of(ScalarValue value) => value.Kind == ScalarKind.String ? Quote(value.Text) : Cut(value.Text);

    /// <summary>Formats a state: whether it is on, its value and its variants.</summary>
    public static string Of(FeatureState state) =>
        Cut(state.Variants.Count == 0 ? $"{Of(state.Enabled)} with {Of(state.Value)}" : $"{Of(state.Enabled)} with {Of(state.Value)}, or {Of(state.Variants)}");

    /// <summary>Formats variants with their weights.</summary>
    public static string Of(IReadOnlyList<Variant> variants) =>
        Cut(variants.Count == 0 ? "none" : string.Join(", ", variants.Select(static variant => $"{variant.Weight.Text} % {Of(variant.Value)}")));

    /// <summary>Formats a condition: <c>plan EQUAL "pro"</c>.</summary>
    public static string Of(SegmentCondition condition)
    {
        var property = condition.Property.Length == 0 ? "identity key" : condition.Property;
        var operand = condition.Values is { } values
            ? $"[{string.Join(", ", values.Select(Quote))}]"
            : condition.Value is { } value ? Quote(value) : "null";
        return Cut($"{property} {condition.Operator} {operand}");
    }

    /// <summary>Formats a rule with all it contains.</summary>
    public static string Of(SegmentRule rule) =>
        Cut($"{rule.Type}({string.Join("; ", rule.Conditions.Select(Of).Concat(rule.Rules.Select(Of)))})");

    /// <summary>Formats a priority.</summary>
    public static string OfPriority(double? priority) => priority?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <summary>Formats text as JSON.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(Cut(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Shortens a text that is too long for a line.</summary>
    public static string Cut(string text) => ShortText.Truncate(text, MaxLength);
}
