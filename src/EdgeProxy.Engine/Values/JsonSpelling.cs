using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EdgeProxy.Engine.Values;

/// <summary>Finds the parts of JSON that was checked before.</summary>
internal static class JsonSpelling
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>The length of a text up to its closing quote.</summary>
    /// <param name="text">The bytes behind the opening quote, and any others after the closing one.</param>
    public static int TextLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            at += text[at..].IndexOfAny(Quote, Backslash);
            if (text[at] == Quote)
            {
                return at;
            }

            at += 2; // the second byte of any escape is no more than a letter
        }
    }

    /// <summary>The number that these bytes start with.</summary>
    public static ReadOnlySpan<byte> Number(ReadOnlySpan<byte> json)
    {
        var length = json.IndexOfAnyExcept(NumberCharacters);
        return length < 0 ? json : json[..length];
    }

    /// <summary>Determines whether a member has this name.</summary>
    /// <param name="member">The bytes from the opening quote of its name.</param>
    /// <param name="name">ASCII without anything that is escaped.</param>
    /// <param name="isBroken">True if that cannot be told, because the member's name holds half of a surrogate pair.</param>
    public static bool IsName(ReadOnlySpan<byte> member, string name, out bool isBroken)
    {
        isBroken = false;
        var text = member[1..];
        if (text.Length > name.Length && text[name.Length] == Quote && Ascii.Equals(text[..name.Length], name))
        {
            return true;
        }

        // Escaped names are longer, and begin like the name up to the first escape.
        var same = 0;
        while (same < name.Length && text[same] == name[same])
        {
            same++;
        }

        return text[same] == Backslash && same < name.Length && IsEscapedName(member[..(TextLength(text) + 2)], name, out isBroken);
    }

    /// <summary>The position of a member's value.</summary>
    /// <param name="member">The bytes from the opening quote of its name.</param>
    public static int FindValue(ReadOnlySpan<byte> member)
    {
        var colon = TextLength(member[1..]) + 2;
        colon += member[colon..].IndexOf((byte)':') + 1;
        return colon + member[colon..].IndexOfAnyExcept(" \t\r\n"u8);
    }

    /// <summary>Decodes a text; null if it holds half of a surrogate pair.</summary>
    /// <param name="text">The text without its quotes.</param>
    public static string? Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains(Backslash))
        {
            return Encoding.UTF8.GetString(text);
        }

        var quoted = ArrayPool<byte>.Shared.Rent(text.Length + 2);
        try
        {
            var reader = ReadQuoted(text, quoted);
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(quoted);
        }
    }

    /// <summary>Reads a text that has lost its quotes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quoted">Receives it with quotes: two bytes more.</param>
    public static Utf8JsonReader ReadQuoted(ReadOnlySpan<byte> text, Span<byte> quoted)
    {
        quoted[0] = Quote;
        text.CopyTo(quoted[1..]);
        quoted[text.Length + 1] = Quote;
        var reader = new Utf8JsonReader(quoted[..(text.Length + 2)]);
        reader.Read();
        return reader;
    }

    private static bool IsEscapedName(ReadOnlySpan<byte> quoted, string name, out bool isBroken)
    {
        isBroken = false;
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            isBroken = true;
            return false;
        }
    }
}
