using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// Number literals in operands (docs/spec/evaluation.md 5.8): what Python's <c>int()</c> and <c>float()</c> accept.
/// Blanks around, a sign, single underscores between digits, digits of any script; for doubles also
/// <c>inf</c>, <c>infinity</c> and <c>nan</c> in any case. Compile time only.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>
    /// The most digits that Python's <c>int()</c> reads. Reading more takes time that grows with the square of their number.
    /// </summary>
    public const int MaxIntegerDigits = 4300;

    /// <summary>The number of digits of an integer that has more than <see cref="MaxIntegerDigits"/>; 0 for any other text.</summary>
    public static int CountExcessiveDigits(string? text) =>
        text?.Length > MaxIntegerDigits && TryNormalize(text, out var ascii) && Unsigned(ascii) is { Length: > MaxIntegerDigits } digits && Digits(digits) == digits.Length
            ? digits.Length
            : 0;

    /// <summary>An integer of at most <see cref="MaxIntegerDigits"/> digits.</summary>
    public static bool TryParseInteger([NotNullWhen(true)] string? text, out BigInteger value)
    {
        value = default;
        return text is not null
            && TryNormalize(text, out var ascii)
            && Unsigned(ascii).Length <= MaxIntegerDigits
            && Digits(Unsigned(ascii)) == Unsigned(ascii).Length
            && BigInteger.TryParse(ascii, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A double; out of range is infinite.</summary>
    public static bool TryParseDouble([NotNullWhen(true)] string? text, out double value)
    {
        value = default;
        if (text is null || !TryNormalize(text, out var ascii))
        {
            return false;
        }

        var unsigned = Unsigned(ascii);
        if (TryParseName(unsigned, out value))
        {
            value = ascii.StartsWith('-') ? -value : value;
            return true;
        }

        return IsDecimal(unsigned) && double.TryParse(ascii, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseName(ReadOnlySpan<char> text, out double value)
    {
        var isNan = text.Equals("nan", StringComparison.OrdinalIgnoreCase);
        value = isNan ? double.NaN : double.PositiveInfinity;
        return isNan
            || text.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || text.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>1</c>, <c>1.</c>, <c>.5</c>, <c>1.5</c>, each with an exponent or without.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var whole = Digits(text);
        var rest = text[whole..];
        var fraction = 0;
        if (rest.StartsWith('.'))
        {
            fraction = Digits(rest[1..]);
            rest = rest[(1 + fraction)..];
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            return true;
        }

        var exponent = rest[0] is 'e' or 'E' ? Unsigned(rest[1..]) : default;
        return !exponent.IsEmpty && Digits(exponent) == exponent.Length;
    }

    /// <summary>
    /// Plain ASCII without blanks around and without underscores; false where an underscore is not between two digits
    /// or a blank is inside.
    /// </summary>
    private static bool TryNormalize(string text, out string ascii)
    {
        ascii = "";
        var trimmed = ToAscii(text).AsSpan().Trim(" \t\n\v\f\r");
        var kept = new StringBuilder(trimmed.Length);
        for (var i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] != '_')
            {
                kept.Append(trimmed[i]);
            }
            else if (i == 0 || i == trimmed.Length - 1 || !char.IsAsciiDigit(trimmed[i - 1]) || !char.IsAsciiDigit(trimmed[i + 1]))
            {
                return false;
            }
        }

        ascii = kept.ToString();
        return true;
    }

    /// <summary>
    /// Digits of any script become ASCII digits, blanks of any script spaces. ASCII stays as it is: the separators U+001C to
    /// U+001F are blanks for Python otherwise, but not around a number.
    /// </summary>
    private static string ToAscii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                ascii.Append((char)rune.Value);
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                ascii.Append(' ');
            }
            else
            {
                ascii.Append(Rune.IsDigit(rune) ? (char)('0' + (int)Rune.GetNumericValue(rune)) : '?');
            }
        }

        return ascii.ToString();
    }

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is '+' or '-' ? text[1..] : text;

    private static int Digits(ReadOnlySpan<char> text)
    {
        var other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
