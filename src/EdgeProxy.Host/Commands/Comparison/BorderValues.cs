using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Values of a trait that are near the border of a condition, on both sides and in every type: where two implementations may differ.</summary>
internal static class BorderValues
{
    private const string VersionSuffix = ":semver";
    private const int MaxItems = 5;
    private const double MaxNumber = 1e300;

    /// <summary>Makes the values for a condition; null stands for a trait that is not sent.</summary>
    public static IReadOnlyList<ScalarValue> Of(SegmentCondition condition)
    {
        var operand = condition.Value ?? "None";
        var values = condition.Operator switch
        {
            ConditionOperators.In => OfList(condition),
            ConditionOperators.Regex => OfPattern(operand),
            ConditionOperators.Modulo => OfModulo(operand),
            ConditionOperators.IsSet or ConditionOperators.IsNotSet => ["set", "", 0, false],
            _ => OfComparison(operand),
        };
        return [.. values.Append(ScalarValue.Null).Distinct()];
    }

    private static IEnumerable<ScalarValue> OfComparison(string operand)
    {
        if (operand.EndsWith(VersionSuffix, StringComparison.Ordinal))
        {
            return OfVersion(operand[..^VersionSuffix.Length]).Append((ScalarValue)operand);
        }

        return [.. OfNumber(operand), .. OfText(operand), true, false];
    }

    private static IEnumerable<ScalarValue> OfNumber(string operand)
    {
        if (BigInteger.TryParse(operand, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return [integer, integer - 1, integer + 1, $"{integer}", ScalarValue.FromJsonNumber($"{integer}.0"), ScalarValue.FromJsonNumber($"{integer}.5"), $"0{integer}"];
        }

        return double.TryParse(operand, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < MaxNumber
            ? [number, number - 0.5, number + 0.5, Math.BitIncrement(number), Math.BitDecrement(number), (BigInteger)number, operand]
            : [];
    }

    private static IEnumerable<ScalarValue> OfText(string operand) =>
        [operand, $"{operand}x", $"x{operand}", operand.Length > 0 ? operand[..^1] : "x", SwapCase(operand), $" {operand}", "", "~"];

    private static IEnumerable<ScalarValue> OfVersion(string version)
    {
        yield return version;
        var parts = version.Split('-', '+')[0].Split('.');
        if (parts.Length == 3 && BigInteger.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var patch))
        {
            var start = $"{parts[0]}.{parts[1]}";
            yield return $"{start}.{patch + 1}";
            yield return patch > 0 ? $"{start}.{patch - 1}" : "0.0.0";
            yield return $"{start}.{patch}-alpha";
            yield return $"{start}.{patch}+build";
            yield return $"{start}.{patch}";
        }

        yield return $"v{version}";
        yield return "no version";
    }

    private static IEnumerable<ScalarValue> OfList(SegmentCondition condition)
    {
        foreach (var item in ItemsOf(condition).Take(MaxItems))
        {
            yield return item;
            if (BigInteger.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                yield return number;
            }

            yield return $"{item}x";
            yield return SwapCase(item);
            yield return $" {item}";
        }

        yield return condition.Value ?? "";
        yield return "";
    }

    private static IEnumerable<string> ItemsOf(SegmentCondition condition)
    {
        if (condition.Values is { } values)
        {
            return values;
        }

        var operand = condition.Value ?? "";
        if (operand.StartsWith('['))
        {
            try
            {
                var list = JsonElement.Parse(operand);
                return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(static item => item.ToString()) : [];
            }
            catch (JsonException)
            {
                // Then it is split like any other text.
            }
        }

        return operand.Split(',');
    }

    private static IEnumerable<ScalarValue> OfPattern(string pattern)
    {
        foreach (var text in PatternSample.Of(pattern))
        {
            yield return text;
            yield return $"{text}x";
            yield return $"x{text}";
            yield return $"{text}\n";
            if (text.Length > 0)
            {
                yield return text[..^1];
                yield return text[1..];
                yield return $"{text[..^1]}~";
            }
        }

        yield return pattern;
        yield return "";
    }

    private static IEnumerable<ScalarValue> OfModulo(string operand)
    {
        if (operand.Split('|') is not [var divisor, var remainder]
            || !double.TryParse(divisor, NumberStyles.Float, CultureInfo.InvariantCulture, out var by)
            || !double.TryParse(remainder, NumberStyles.Float, CultureInfo.InvariantCulture, out var rest)
            || !double.IsFinite(by) || !double.IsFinite(rest) || Math.Abs(by) > int.MaxValue || Math.Abs(rest) > int.MaxValue)
        {
            return [1, 2, 4, "4"];
        }

        var values = new List<ScalarValue>();
        foreach (var number in (double[])[rest, rest + by, rest - by, rest + (by / 2), rest + 1, by, 0])
        {
            values.Add(number);
            if (number == Math.Truncate(number))
            {
                values.Add((long)number);
            }
        }

        return [.. values, (rest + by).ToString(CultureInfo.InvariantCulture), true];
    }

    private static string SwapCase(string text) => string.Concat(text.Select(static character => char.IsUpper(character) ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character)));
}
