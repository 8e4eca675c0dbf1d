using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// Recognizes strings that are numbers (docs/spec/evaluation.md 4.5): <c>-?[0-9]+</c> is an integer,
/// <c>-?[0-9]+\.[0-9]+</c> a double, anything else stays a string.
/// </summary>
internal static class NumberText
{
    /// <summary>Classifies the string: an integer, a double or a string.</summary>
    public static ScalarKind Classify(ReadOnlySpan<byte> text)
    {
        var unsigned = Unsigned(text);
        var digits = Digits(unsigned);
        if (digits == 0)
        {
            return ScalarKind.String;
        }

        if (digits == unsigned.Length)
        {
            return ScalarKind.Integer;
        }

        if (unsigned[digits] != (byte)'.')
        {
            return ScalarKind.String;
        }

        var fraction = unsigned[(digits + 1)..];
        return !fraction.IsEmpty && Digits(fraction) == fraction.Length ? ScalarKind.Double : ScalarKind.String;
    }

    /// <summary>The digits of an integer without sign and leading zeros; zero has none left.</summary>
    public static ReadOnlySpan<byte> Magnitude(ReadOnlySpan<byte> integer)
    {
        var unsigned = Unsigned(integer);
        var first = unsigned.IndexOfAnyExcept((byte)'0');
        return first < 0 ? default : unsigned[first..];
    }

    /// <summary>Determines whether it starts with a minus.</summary>
    public static bool IsNegative(ReadOnlySpan<byte> number) => number[0] == (byte)'-';

    /// <summary>The value of at most 18 digits, which any long can hold.</summary>
    public static long Accumulate(ReadOnlySpan<byte> magnitude)
    {
        var value = 0L;
        foreach (var digit in magnitude)
        {
            value = (value * 10) + (digit - (byte)'0');
        }

        return value;
    }

    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] == (byte)'-' ? text[1..] : text;

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }
}
