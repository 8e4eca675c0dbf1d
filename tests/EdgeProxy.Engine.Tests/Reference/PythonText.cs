using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Values as conditions compute with them, and as text (section 4 and section 5, "as text").</summary>
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

        // .NET finds the shortest digits as well; it only sets them out differently, as in 1E+16 and 1E-05.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        if (digits.Length == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // Where the point is, counted from before the first significant digit: 1 for 1.5, 0 for 0.15, -1 for 0.015.
        var point = whole.Length - (all.Length - digits.Length)
            + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        var sign = value < 0 ? "-" : "";

        return point switch
        {
            > 16 or < -3 => sign + ExponentForm(digits, point - 1),
            > 0 when point >= digits.Length => $"{sign}{digits.PadRight(point, '0')}.0",
            > 0 => $"{sign}{digits[..point]}.{digits[point..]}",
            _ => $"{sign}0.{new string('0', -point)}{digits}",
        };
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
