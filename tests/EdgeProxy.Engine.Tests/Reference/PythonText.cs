using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Values as conditions compute with them, and as text (docs/spec/evaluation.md 4.5 and 5.9).</summary>
internal static partial class PythonText
{
    /// <summary>A string, a <see cref="BigInteger"/>, a double, a boolean or null.</summary>
    public static object? ToObject(ScalarValue value) => value.Kind switch
    {
        ScalarKind.String => value.Text,
        ScalarKind.Integer => value.AsInteger(),
        ScalarKind.Double => value.AsDouble(),
        ScalarKind.Boolean => value.AsBoolean(),
        _ => null,
    };

    /// <summary>The number that a text is in full, else the text; null stays null.</summary>
    public static object? ToObjectFromText(string? text)
    {
        if (text is not null && IntegerForm().IsMatch(text))
        {
            return BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        if (text is not null && DoubleForm().IsMatch(text))
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return text;
    }

    public static string Of(object? value) => value switch
    {
        null => "None",
        string text => text,
        true => "True",
        false => "False",
        BigInteger integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => OfDouble(real),
        _ => throw new ArgumentException($"{value.GetType()} is not a type of values.", nameof(value)),
    };

    private static string OfDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        return exponent switch
        {
            >= 16 or < -4 => sign + ExponentForm(digits, exponent),
            < 0 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ when exponent + 1 >= digits.Length => $"{sign}{digits.PadRight(exponent + 1, '0')}.0",
            _ => $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }

    /// <summary>The fewest digits that read back the same, and the decimal exponent of the first of them.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        // "R" is said to give these digits. For two to the power of -25 it gives one too few, which read back as another
        // number, and so does it for some other powers of two; there it takes all 17.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture) != value)
        {
            text = value.ToString("E16", CultureInfo.InvariantCulture);
        }

        var parts = text.Split('E');
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = parts[0].Split('.')[0].Length - 1 - (all.Length - digits.Length)
            + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        return (digits.TrimEnd('0'), exponent);
    }

    private static string ExponentForm(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    [GeneratedRegex(@"\A-?[0-9]+\z", RegexOptions.None, 1_000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"\A-?[0-9]+\.[0-9]+\z", RegexOptions.None, 1_000)]
    private static partial Regex DoubleForm();
}
