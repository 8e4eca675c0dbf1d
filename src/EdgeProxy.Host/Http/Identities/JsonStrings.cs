using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Functions on strings of JSON bodies, in place.</summary>
internal static class JsonStrings
{
    /// <summary>The text between the quotes of a string, with its escapes.</summary>
    public static ReadOnlySpan<byte> WithoutQuotes(ReadOnlySpan<byte> text) => text[1..^1];

    /// <summary>Determines whether a text is empty or white space.</summary>
    /// <param name="text">Valid UTF-8.</param>
    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var letter, out var length);
            if (!Rune.IsWhiteSpace(letter))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>Determines whether a string with escapes has a certain short text.</summary>
    public static bool IsText(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> text)
    {
        const int MaxLength = 16;
        const int EscapeLength = 6;
        Span<byte> unescaped = stackalloc byte[MaxLength * EscapeLength];
        return escaped.Length <= unescaped.Length && TryUnescape(escaped, unescaped, out var length) && unescaped[..length].SequenceEqual(text);
    }

    /// <summary>Determines whether a text has more code points than that.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="most">The maximum.</param>
    public static bool IsLongerThan(ReadOnlySpan<byte> text, int most)
    {
        if (text.Length <= most)
        {
            return false;
        }

        const int MaxBytes = 4; // of a code point
        if (text.Length > most * MaxBytes)
        {
            return true; // not counted: it may be a megabyte
        }

        var count = 0;
        foreach (var value in text)
        {
            count += (value & 0xC0) != 0x80 ? 1 : 0; // every byte but those that continue a code point
        }

        return count > most;
    }

    /// <summary>Determines whether a string has so many bytes that it has more code points than that, however they are written.</summary>
    /// <param name="escaped">The text between the quotes, with its escapes.</param>
    /// <param name="most">The maximum.</param>
    public static bool IsSurelyLongerThan(ReadOnlySpan<byte> escaped, int most)
    {
        const int MaxBytes = 12; // of a code point: \ud83d\ude00
        return escaped.Length > most * MaxBytes;
    }

    /// <summary>Unescapes a string that a JSON reader accepted.</summary>
    /// <param name="escaped">The text between the quotes.</param>
    /// <param name="destination">At least as long; unescaped is never longer.</param>
    /// <param name="written">The number of bytes written.</param>
    /// <returns>False if an escape is half of a surrogate pair, so that the text is not Unicode.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            var backslash = escaped.IndexOf((byte)'\\');
            var literal = backslash < 0 ? escaped : escaped[..backslash];
            literal.CopyTo(destination[written..]);
            written += literal.Length;
            if (backslash < 0)
            {
                return true;
            }

            escaped = escaped[(backslash + 1)..];
            if (escaped[0] != (byte)'u')
            {
                destination[written++] = Simple(escaped[0]);
                escaped = escaped[1..];
            }
            else if (!TryUnescapeUnicode(ref escaped, destination, ref written))
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Determines whether the reader is at the name of that member, or at that text. The reader's own comparison throws if
    /// an escape is half of a surrogate pair; such a name is treated as unknown.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name, of at most 16 bytes.</param>
    public static bool IsName(in Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        var text = reader.ValueSpan;
        return reader.ValueIsEscaped ? IsText(text, name) : text.SequenceEqual(name);
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape, // a quote, a backslash, a slash
    };

    private static bool TryUnescapeUnicode(ref ReadOnlySpan<byte> escaped, Span<byte> destination, ref int written)
    {
        var high = (char)Hex(escaped[1..5]);
        escaped = escaped[5..];
        if (!char.IsSurrogate(high))
        {
            written += new Rune(high).EncodeToUtf8(destination[written..]);
            return true;
        }

        if (!escaped.StartsWith("\\u"u8) || !Rune.TryCreate(high, (char)Hex(escaped[2..6]), out var rune))
        {
            return false;
        }

        escaped = escaped[6..];
        written += rune.EncodeToUtf8(destination[written..]);
        return true;
    }

    private static int Hex(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out int value, out _, 'x') ? value : 0;
}
