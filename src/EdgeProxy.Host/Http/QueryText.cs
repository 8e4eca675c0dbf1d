using System.Buffers;
using System.Text;

namespace EdgeProxy.Host.Http;

/// <summary>Values out of a query string, in UTF-8.</summary>
internal static class QueryText
{
    /// <summary>
    /// The value of a parameter, decoded: <c>%XX</c> and <c>+</c>. Of several the last; null if there is none. What is
    /// not UTF-8 becomes U+FFFD, and a percent sign without two digits stands for itself.
    /// </summary>
    public static byte[]? Find(string? query, string name)
    {
        if (string.IsNullOrEmpty(query))
        {
            return null;
        }

        byte[]? found = null;
        var rest = query.AsSpan(query.StartsWith('?') ? 1 : 0);
        foreach (var range in rest.Split('&'))
        {
            var parameter = rest[range];
            var equals = parameter.IndexOf('=');
            var key = equals < 0 ? parameter : parameter[..equals];
            if (IsName(key, name))
            {
                found = equals < 0 ? [] : Decode(parameter[(equals + 1)..]);
            }
        }

        return found;
    }

    private static bool IsName(ReadOnlySpan<char> key, string name) =>
        key.SequenceEqual(name)
        || (key.ContainsAny('%', '+') && Decode(key).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name)));

    private static byte[] Decode(ReadOnlySpan<char> text)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, text.Length));
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAny('%', '+');
            var literal = special < 0 ? text : text[..special];
            buffer.Advance(Encoding.UTF8.GetBytes(literal, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(literal.Length))));
            text = text[literal.Length..];
            if (!text.IsEmpty)
            {
                text = text[DecodeOne(text, buffer)..];
            }
        }

        var bytes = buffer.WrittenSpan;
        return System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>Decodes the percent sign or plus that the text starts with; returns how many characters that took.</summary>
    private static int DecodeOne(ReadOnlySpan<char> text, ArrayBufferWriter<byte> buffer)
    {
        if (text[0] == '+')
        {
            buffer.Write(" "u8);
            return 1;
        }

        if (text.Length >= 3 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]))
        {
            buffer.Write([(byte)((Hex(text[1]) << 4) | Hex(text[2]))]);
            return 3;
        }

        buffer.Write("%"u8);
        return 1;
    }

    private static int Hex(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
