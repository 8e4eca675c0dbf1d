using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <content>Single values: type checks, and unescaped texts.</content>
internal sealed partial class PlainOverrideReader
{
    private bool TryTakeText(ref Utf8JsonReader reader, out TextRange text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        try
        {
            var length = reader.CopyString(_text.GetSpan(reader.ValueSpan.Length));
            text = new TextRange(_text.Count, length);
            _text.Advance(length);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }

    private bool TryTakeScalar(ref Utf8JsonReader reader, ref State state)
    {
        state.ValueKind = reader.TokenType switch
        {
            JsonTokenType.String => ScalarKind.String,
            JsonTokenType.True or JsonTokenType.False => ScalarKind.Boolean,
            JsonTokenType.Number => JsonNumber.IsInteger(reader.ValueSpan) ? ScalarKind.Integer : ScalarKind.Double,
            _ => ScalarKind.Null,
        };
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return TryTakeText(ref reader, out state.Value);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return false;
            default:
                state.Value = new TextRange(_text.Count, reader.ValueSpan.Length);
                _text.AddRange(reader.ValueSpan);
                return true;
        }
    }

    private static bool TryTakeBoolean(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    /// <summary>Records the range of an object in the text; null counts as missing.</summary>
    private static bool TryTakeObject(ref Utf8JsonReader reader, out TextRange range)
    {
        range = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        range = new TextRange(start, (int)reader.BytesConsumed - start);
        return true;
    }

    private bool IsOptionalText(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null || IsText(ref reader);

    /// <summary>Checks that the value is text; text with escapes may be invalid.</summary>
    private bool IsText(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && (!reader.ValueIsEscaped || TryTakeText(ref reader, out _));

    private bool IsScalar(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? IsText(ref reader) : reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);

    private static bool IsWholeNumber(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }
}
