using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Conditions (docs/spec/evaluation.md 5).</summary>
internal static class ReferenceConditions
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_000 };

    public static bool Hold(SegmentCondition condition, string segmentKey, ReferenceContext context)
    {
        var value = context.ValueFor(condition);
        var operand = condition.Value;
        return condition.Operator switch
        {
            ConditionOperators.IsSet => value is not null,
            ConditionOperators.IsNotSet => value is null,
            _ when value is null => false,
            ConditionOperators.In => In(value, condition),
            ConditionOperators.PercentageSplit => PercentageSplit(value, operand, segmentKey),
            ConditionOperators.Equal => ReferenceComparison.Of(value, operand) is { Equal: true },
            ConditionOperators.NotEqual => ReferenceComparison.Of(value, operand) is { Equal: false },
            ConditionOperators.GreaterThan => ReferenceComparison.Of(value, operand) is { Greater: true },
            ConditionOperators.GreaterThanInclusive => ReferenceComparison.Of(value, operand) is { Greater: true } or { Equal: true },
            ConditionOperators.LessThan => ReferenceComparison.Of(value, operand) is { Less: true },
            ConditionOperators.LessThanInclusive => ReferenceComparison.Of(value, operand) is { Less: true } or { Equal: true },
            ConditionOperators.Contains => Contains(value, operand),
            ConditionOperators.NotContains => NotContains(value, operand),
            ConditionOperators.Regex => MatchesAtStart(value, operand),
            ConditionOperators.Modulo => Modulo(value, operand),
            _ => false,
        };
    }

    private static bool In(object value, SegmentCondition condition)
    {
        var list = condition.Values ?? ListFrom(condition.Value);
        return value is string or BigInteger && list.Contains(PythonText.Of(value), StringComparer.Ordinal);
    }

    private static string[] ListFrom(string? operand)
    {
        if (operand is null)
        {
            return [];
        }

        if (operand.StartsWith('['))
        {
            try
            {
                using var json = JsonDocument.Parse(operand, AnyDepth);
                return [.. json.RootElement.EnumerateArray().Select(ElementText).OfType<string>()];
            }
            catch (JsonException)
            {
                // Not JSON after all: a list with commas whose first entry happens to start with a bracket.
            }
        }

        return operand.Split(',');
    }

    /// <summary>Null for what no value can be equal to: arrays and objects.</summary>
    private static string? ElementText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => PythonText.Of(PythonText.ToObject(ScalarValue.FromJsonNumber(element.GetRawText()))),
        JsonValueKind.True => PythonText.Of(true),
        JsonValueKind.False => PythonText.Of(false),
        JsonValueKind.Null => PythonText.Of(null),
        _ => null,
    };

    private static bool PercentageSplit(object value, string? operand, string segmentKey) =>
        PythonNumbers.Double(operand) is { } limit && ReferenceHash.Of(segmentKey, PythonText.Of(value)) <= limit;

    private static bool Contains(object value, string? operand) =>
        value is string text
        && !ReferenceComparison.IsSemanticVersion(operand)
        && text.Contains(operand ?? PythonText.Of(null), StringComparison.Ordinal);

    private static bool NotContains(object value, string? operand) =>
        value is string text && !text.Contains(operand ?? PythonText.Of(null), StringComparison.Ordinal);

    private static bool MatchesAtStart(object value, string? operand)
    {
        try
        {
            return Regex.IsMatch(PythonText.Of(value), $@"\A(?:{operand ?? PythonText.Of(null)})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return false; // not a valid expression
        }
    }

    private static bool Modulo(object value, string? operand)
    {
        double? number = value switch
        {
            bool truth => truth ? 1 : 0,
            BigInteger integer => double.Parse(integer.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            double real => real,
            _ => null,
        };
        var parts = operand?.Split('|') ?? [];
        if (number is null || parts.Length != 2 || (value is BigInteger && double.IsInfinity(number.Value)))
        {
            return false;
        }

        return PythonNumbers.Double(parts[0]) is { } divisor
            && PythonNumbers.Double(parts[1]) is { } remainder
            && divisor != 0
            && Floored(number.Value, divisor) == remainder;
    }

    /// <summary>The remainder with the sign of the divisor; .NET gives it the sign of the dividend.</summary>
    private static double Floored(double dividend, double divisor)
    {
        var remainder = dividend % divisor;
        return remainder != 0 && remainder < 0 != divisor < 0 ? remainder + divisor : remainder;
    }
}
