using System.Text;

namespace EdgeProxy.Host.Http;

/// <summary>Reads values from a query string, in UTF-8.</summary>
internal static class QueryText
{
    private const int MaxNameBytes = 64;

    /// <summary>The maximum length of a parameter's decoded value: each byte that is not UTF-8 becomes three.</summary>
    public static int MaxLength(string query) => query.Length * 3;

    /// <summary>
    /// Finds the value of a parameter and decodes <c>%XX</c> and <c>+</c>. Of several the last counts. Bytes that are not
    /// UTF-8 become U+FFFD, and a percent sign without two digits is kept.
    /// </summary>
    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="name">The parameter, in ASCII.</param>
    /// <param name="destination">Receives the value: at least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The length of the value; -1 if there is no such parameter.</returns>
    public static int Find(string query, string name, Span<byte> destination)
    {
        var found = -1;
        var rest = query.AsSpan(query.StartsWith('?') ? 1 : 0);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var parameter = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = parameter.IndexOf('=');
            if (IsName(equals < 0 ? parameter : parameter[..equals], name))
            {
                found = equals < 0 ? 0 : Decode(parameter[(equals + 1)..], destination);
            }
        }

        return found;
    }

    private static bool IsName(ReadOnlySpan<char> key, string name)
    {
        if (!key.ContainsAny('%', '+'))
        {
            return key.SequenceEqual(name);
        }

        Span<byte> decoded = stackalloc byte[MaxNameBytes * 3];
        return key.Length <= MaxNameBytes && Ascii.Equals(decoded[..Decode(key, decoded)], name);
    }

    private static int Decode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAny('%', '+');
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
