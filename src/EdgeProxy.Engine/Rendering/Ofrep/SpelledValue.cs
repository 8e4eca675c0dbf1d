using System.Text.Json;

namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>Finds the JSON that a string spells (docs/spec/ofrep.md 4.3).</summary>
internal static class SpelledValue
{
    // A value nested deeper than this is left a string: parsers of clients have limits too.
    private const int MaxDepth = 64;

    /// <summary>Parses a string.</summary>
    /// <param name="json">The string as JSON, with its quotes.</param>
    /// <param name="parsing">The kinds that are looked for.</param>
    /// <returns>The JSON that the string spells; empty if it is of none of these kinds.</returns>
    public static ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> json, StringParsing parsing)
    {
        if (parsing == StringParsing.None)
        {
            return default;
        }

        var text = Unescape(json).Trim(" \t\r\n"u8);
        return !text.IsEmpty && IsWanted(text[0], parsing) && IsJson(text) ? text : default;
    }

    private static bool IsWanted(byte first, StringParsing parsing) => first switch
    {
        (byte)'{' or (byte)'[' => true,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => parsing == StringParsing.Numbers,
        _ => false,
    };

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                // To the end: the reader throws if anything follows.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var text = new byte[json.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }
}
