using System.Text;

namespace EdgeProxy.Host.Http;

/// <summary>Decodes percent-encoded text.</summary>
internal static class PercentText
{
    /// <summary>The maximum length of a decoded text: each byte that is not UTF-8 becomes three.</summary>
    public static int MaxLength(int length) => length * 3;

    /// <summary>
    /// Decodes <c>%XX</c> once. Bytes that are not UTF-8 become U+FFFD, and a percent sign without two digits is kept.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="plusIsBlank">True in queries, false in paths.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<char> text, bool plusIsBlank, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var special = plusIsBlank ? text.IndexOfAny('%', '+') : text.IndexOf('%');
            var literal = special < 0 ? text : text[..special];
            written += Encoding.UTF8.GetBytes(literal, destination[written..]);
            text = text[literal.Length..];
            if (!text.IsEmpty)
            {
                destination[written++] = DecodeOne(ref text);
            }
        }

        return System.Text.Unicode.Utf8.IsValid(destination[..written])
            ? written
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(destination[..written]), destination);
    }

    /// <summary>Decodes the percent sequence or plus at the start of the text.</summary>
    private static byte DecodeOne(ref ReadOnlySpan<char> text)
    {
        if (text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]))
        {
            var value = (byte)((Hex(text[1]) << 4) | Hex(text[2]));
            text = text[3..];
            return value;
        }

        var sign = text[0];
        text = text[1..];
        return sign == '+' ? (byte)' ' : (byte)'%';
    }

    private static int Hex(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
