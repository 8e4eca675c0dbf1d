using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// A double as text, the way conditions and percentage hashes see it (docs/spec/evaluation.md 5.9): the shortest form
/// that reads back the same, always with a point or an exponent; exponent form from 1e16 up and below 1e-4.
/// </summary>
internal static class DoubleText
{
    /// <summary>No double takes more bytes: sign, 17 digits, point, and an exponent or leading zeros.</summary>
    public const int MaxLength = 32;

    private const long MantissaMask = (1L << 52) - 1;
    private const int FirstExponentInExponentForm = 16;
    private const int LastExponentInPointForm = -4;

    /// <summary>The text of a double as a string.</summary>
    public static string ToText(double value)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(buffer[..Format(value, buffer)]);
    }

    /// <summary>Writes the text and returns its length.</summary>
    /// <param name="value">Any double.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    public static int Format(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            return Copy(double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8, destination);
        }

        // The runtime finds the shortest digits; only their layout is ours: d.ddE+dd gives digits and exponent apart.
        Span<byte> shortest = stackalloc byte[MaxLength];
        var length = FormatShortest(value, shortest);
        Span<byte> digits = stackalloc byte[MaxLength];
        var count = SplitDigits(shortest[..length], digits, out var exponent, out var negative);

        var at = 0;
        if (negative)
        {
            destination[at++] = (byte)'-';
        }

        return exponent is >= FirstExponentInExponentForm or < LastExponentInPointForm
            ? WriteExponentForm(digits[..count], exponent, destination, at)
            : WritePointForm(digits[..count], exponent, destination, at);
    }

    private static int FormatShortest(double value, Span<byte> destination)
    {
        var formatted = value.TryFormat(destination, out var length, "R", CultureInfo.InvariantCulture);
        Debug.Assert(formatted);

        // Below a power of two the next double is nearer than above it, which the runtime forgets for a few of them, such
        // as 2^-25: its digits then read back as another double, and no shorter ones than all 17 will do.
        if ((BitConverter.DoubleToInt64Bits(value) & MantissaMask) == 0
            && !(double.TryParse(destination[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back == value))
        {
            formatted = value.TryFormat(destination, out length, "E16", CultureInfo.InvariantCulture);
            Debug.Assert(formatted);
        }

        return length;
    }

    /// <summary>Takes <c>[-]ddd.ddd[E±dd]</c> apart into significant digits and the decimal exponent of the first.</summary>
    private static int SplitDigits(ReadOnlySpan<byte> text, Span<byte> digits, out int exponent, out bool negative)
    {
        negative = text[0] == (byte)'-';
        if (negative)
        {
            text = text[1..];
        }

        exponent = 0;
        var mark = text.IndexOf((byte)'E');
        if (mark >= 0)
        {
            _ = Utf8Parser.TryParse(text[(mark + 1)..], out exponent, out var _);
            text = text[..mark];
        }

        var point = text.IndexOf((byte)'.');
        exponent += (point < 0 ? text.Length : point) - 1;

        var count = 0;
        foreach (var character in text)
        {
            if (character == (byte)'.')
            {
                continue;
            }

            if (count == 0 && character == (byte)'0')
            {
                exponent--; // a leading zero is not significant: 0.05 has its first digit two places to the right
                continue;
            }

            digits[count++] = character;
        }

        while (count > 1 && digits[count - 1] == (byte)'0')
        {
            count--;
        }

        if (count == 0)
        {
            digits[count++] = (byte)'0';
            exponent = 0;
        }

        return count;
    }

    private static int WritePointForm(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination, int at)
    {
        if (exponent < 0)
        {
            at += Copy("0."u8, destination[at..]);
            destination.Slice(at, -exponent - 1).Fill((byte)'0');
            at += -exponent - 1;
            return at + Copy(digits, destination[at..]);
        }

        var whole = Math.Min(exponent + 1, digits.Length);
        at += Copy(digits[..whole], destination[at..]);
        destination.Slice(at, exponent + 1 - whole).Fill((byte)'0');
        at += exponent + 1 - whole;
        destination[at++] = (byte)'.';
        return at + Copy(whole == digits.Length ? "0"u8 : digits[whole..], destination[at..]);
    }

    private static int WriteExponentForm(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination, int at)
    {
        destination[at++] = digits[0];
        if (digits.Length > 1)
        {
            destination[at++] = (byte)'.';
            at += Copy(digits[1..], destination[at..]);
        }

        at += Copy(exponent < 0 ? "e-"u8 : "e+"u8, destination[at..]);
        _ = Utf8Formatter.TryFormat(Math.Abs(exponent), destination[at..], out var written, new System.Buffers.StandardFormat('D', 2));
        return at + written;
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return source.Length;
    }
}
