using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Number literals as Python's <c>int()</c> and <c>float()</c> read them (docs/spec/evaluation.md 5.8).</summary>
internal static partial class PythonNumbers
{
    /// <summary>True if the text is the literal of a whole number with more digits than Python reads.</summary>
    public static bool IsTooLong(string? text) =>
        text?.Length > 4300 && IntegerForm().IsMatch(Plain(text)) && Plain(text).Count(char.IsAsciiDigit) > 4300;

    /// <summary>Null where the text is not the literal of a whole number.</summary>
    public static BigInteger? Integer(string? text)
    {
        var literal = Plain(text);
        return IntegerForm().IsMatch(literal)
            ? BigInteger.Parse(literal.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Null where the text is not the literal of a number.</summary>
    public static double? Double(string? text)
    {
        var literal = Plain(text);
        if (InfinityForm().IsMatch(literal))
        {
            return literal[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (NotANumberForm().IsMatch(literal))
        {
            return double.NaN;
        }

        return DoubleForm().IsMatch(literal)
            ? double.Parse(literal.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Without blanks around; decimal digits of any script as ASCII ones. Python does both first, too.</summary>
    private static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in (text ?? "").Trim().EnumerateRunes())
        {
            plain.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
                ? Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture)
                : rune.ToString());
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"\A[+-]?[0-9]+(_[0-9]+)*\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(
        @"\A[+-]?([0-9]+(_[0-9]+)*\.?|([0-9]+(_[0-9]+)*)?\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+(_[0-9]+)*)?\z",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex DoubleForm();

    [GeneratedRegex(@"\A[+-]?[iI][nN][fF]([iI][nN][iI][tT][yY])?\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex InfinityForm();

    [GeneratedRegex(@"\A[+-]?[nN][aA][nN]\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NotANumberForm();
}
