using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Explanations;

/// <summary>An explanation as text for a terminal: a tree with ✓ and ✗ (docs/spec/explain.md 5).</summary>
internal static class ExplanationText
{
    private const string Yes = "✓";
    private const string No = "✗";
    private const string NotEvaluated = "·";

    /// <summary>Formats an answer of <c>/proxy/explain</c>.</summary>
    public static string Of(JsonElement answer)
    {
        var text = new StringBuilder();
        var environment = answer.GetProperty("environment");
        Append(text, 0, $"{environment.GetProperty("name").GetString()} ({environment.GetProperty("key").GetString()}), document of {environment.GetProperty("updated_at").GetString() ?? "unknown time"}, as {environment.GetProperty("audience").GetString()}");
        AppendIdentity(text, answer.GetProperty("identity"));
        foreach (var flag in answer.GetProperty("flags").EnumerateArray())
        {
            text.AppendLine();
            AppendFlag(text, flag);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Makes a text one safe line.</summary>
    public static string Line(string text) => LogText.Escape(text);

    private static void AppendIdentity(StringBuilder text, JsonElement identity)
    {
        if (identity.ValueKind == JsonValueKind.Null)
        {
            Append(text, 0, "environment flags, without an identity");
            return;
        }

        var traits = identity.GetProperty("traits").EnumerateArray().Select(static trait => $"{trait.GetProperty("trait_key").GetString()}={trait.GetProperty("trait_value").GetRawText()}").ToList();
        Append(text, 0, $"{identity.GetProperty("identifier").GetString()}{(traits.Count == 0 ? ", no traits" : $", {string.Join(", ", traits)}")}");
        if (identity.TryGetProperty("ignored_traits", out var ignored))
        {
            Append(text, 0, $"traits are ignored: {ignored.GetString()}");
        }
    }

    private static void AppendFlag(StringBuilder text, JsonElement flag)
    {
        Append(text, 0, $"{flag.GetProperty("feature").GetString()}: {flag.GetProperty("summary").GetString()}");
        foreach (var candidate in flag.GetProperty("candidates").EnumerateArray())
        {
            var name = candidate.TryGetProperty("name", out var segment)
                ? $"segment {segment.GetString()}{(candidate.GetProperty("priority").ValueKind == JsonValueKind.Number ? $" (priority {candidate.GetProperty("priority").GetRawText()})" : "")}"
                : "identity override";
            if (candidate.TryGetProperty("not_evaluated", out var because))
            {
                Append(text, 1, $"{NotEvaluated} {name}: not evaluated, {because.GetString()}");
                continue;
            }

            var applies = candidate.GetProperty("applies").GetBoolean();
            Append(text, 1, $"{(applies ? Yes : No)} {name}: {candidate.GetProperty("because").GetString()}");
            if ((applies ? flag : candidate).TryGetProperty("rules", out var rules))
            {
                AppendRules(text, 2, rules);
            }
        }

        AppendVariants(text, flag.GetProperty("variants"));
    }

    private static void AppendRules(StringBuilder text, int depth, JsonElement rule)
    {
        Append(text, depth, $"{Mark(rule)} {rule.GetProperty("type").GetString()}{(rule.TryGetProperty("problem", out var problem) ? $": {problem.GetString()}" : "")}");
        foreach (var condition in Items(rule, "conditions"))
        {
            Append(text, depth + 1, $"{Mark(condition)} {(condition.TryGetProperty("sentence", out var sentence) ? sentence.GetString() : Describe(condition))}");
        }

        foreach (var inner in Items(rule, "rules"))
        {
            AppendRules(text, depth + 1, inner);
        }
    }

    private static void AppendVariants(StringBuilder text, JsonElement variants)
    {
        if (variants.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        Append(text, 1, string.Create(CultureInfo.InvariantCulture, $"variants, the identity is at {variants.GetProperty("bucket").GetDouble():0.####}:"));
        foreach (var range in variants.GetProperty("ranges").EnumerateArray())
        {
            Append(text, 2, $"{(range.GetProperty("picked").GetBoolean() ? Yes : No)} {range.GetProperty("value").GetRawText()} from {range.GetProperty("from").GetRawText()} to {range.GetProperty("to").GetRawText()}");
        }
    }

    private static string Describe(JsonElement condition) =>
        $"{condition.GetProperty("property").GetString()} {condition.GetProperty("operator").GetString()} {condition.GetProperty("operand").GetRawText()}: not evaluated";

    private static string Mark(JsonElement part) => !part.TryGetProperty("result", out var result) ? NotEvaluated : result.GetBoolean() ? Yes : No;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) => parent.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static void Append(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).AppendLine(Line(line));
}
