using System.Text.Json;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>The position of a name or a value in a body.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Start">The first byte: of a text, its quote.</param>
/// <param name="Length">Its length in bytes, quotes included.</param>
/// <param name="IsEscaped">True for a text with escapes.</param>
internal readonly record struct JsonToken(JsonTokenType Type, int Start, int Length, bool IsEscaped)
{
    private const int Quotes = 2;

    /// <summary>The name of a member that a reader is at.</summary>
    public static JsonToken OfName(in Utf8JsonReader reader) =>
        new(JsonTokenType.PropertyName, (int)reader.TokenStartIndex, reader.ValueSpan.Length + Quotes, reader.ValueIsEscaped);

    /// <summary>Reads the value that a reader is at, to its end.</summary>
    public static JsonToken Read(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        var isEscaped = type == JsonTokenType.String && reader.ValueIsEscaped;
        reader.Skip();
        return new JsonToken(type, start, (int)reader.BytesConsumed - start, isEscaped);
    }

    /// <summary>The token in its body.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
