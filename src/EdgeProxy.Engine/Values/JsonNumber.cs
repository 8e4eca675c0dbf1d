namespace EdgeProxy.Engine.Values;

/// <summary>The grammar of JSON numbers (RFC 8259, section 6).</summary>
internal static class JsonNumber
{
    /// <summary>Determines whether a valid number is a whole one by its spelling: <c>1e3</c> is not.</summary>
    public static bool IsInteger(ReadOnlySpan<char> number) => number.IndexOfAny('.', 'e', 'E') < 0;

    /// <summary>Determines whether a valid number is a whole one by its spelling: <c>1e3</c> is not.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> number) => number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>Determines whether the text in full is a JSON number.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var rest = text.StartsWith('-') ? text[1..] : text;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.StartsWith('.'))
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is not ('e' or 'E'))
        {
            return false;
        }

        rest = rest[1..];
        if (!rest.IsEmpty && rest[0] is '+' or '-')
        {
            rest = rest[1..];
        }

        return !rest.IsEmpty && Digits(rest) == rest.Length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
