using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Rendering;

/// <summary>Writes the values of flags. Long texts are written in pieces: for one in one piece the writer wants three times its length.</summary>
internal static class FlagTextWriter
{
    private const int PieceLength = SpelledText.PieceLength;

    /// <summary>The most room that the writer needs beyond what it has written.</summary>
    public const int Room = PieceLength * 6;

    /// <summary>Writes a value.</summary>
    public static void WriteFlagValue(this Utf8JsonWriter writer, in ScalarValue value)
    {
        if (value.Spelled is { } spelled)
        {
            spelled.ForEachPiece(writer.WriteStringValueSegment);
        }
        else if (value.Kind == ScalarKind.String)
        {
            WriteText(writer, value.Text);
        }
        else
        {
            writer.WriteRawValue(value.Text, skipInputValidation: true);
        }
    }

    /// <summary>Writes a text.</summary>
    public static void WriteFlagText(this Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        if (text.Length <= PieceLength)
        {
            writer.WriteStringValue(text);
            return;
        }

        while (text.Length > PieceLength)
        {
            // No character is cut: what starts with the bits 10 is not its first byte.
            var length = PieceLength;
            while ((text[length] & 0b1100_0000) == 0b1000_0000)
            {
                length--;
            }

            writer.WriteStringValueSegment(text[..length], isFinalSegment: false);
            text = text[length..];
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        if (text.Length <= PieceLength)
        {
            writer.WriteStringValue(text);
            return;
        }

        while (text.Length > PieceLength)
        {
            // No surrogate pair is cut.
            var length = char.IsHighSurrogate(text[PieceLength - 1]) ? PieceLength - 1 : PieceLength;
            writer.WriteStringValueSegment(text[..length], isFinalSegment: false);
            text = text[length..];
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
