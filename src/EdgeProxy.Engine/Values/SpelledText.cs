using System.Buffers;
using System.Text.Json;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// A long text as JSON spells it: part of a document, which needs no memory of its own. Given out in pieces, so that no
/// copy of all of it is needed to write it.
/// </summary>
internal sealed class SpelledText
{
    /// <summary>The maximum length of a piece in bytes.</summary>
    public const int PieceLength = 16 * 1024;

    private const int ShortEscape = 2;
    private const int UnicodeEscape = 6;

    private readonly ReadOnlyMemory<byte> _json;

    /// <param name="json">The text in UTF-8 with its escapes, without quotes.</param>
    public SpelledText(ReadOnlyMemory<byte> json)
    {
        _json = json;
    }

    /// <summary>The length of the spelling in bytes: no less than that of the text in UTF-8.</summary>
    public int SpelledLength => _json.Length;

    /// <summary>Indicates whether it is text at all: an escape can be half of a surrogate pair.</summary>
    public bool IsUnicode
    {
        get
        {
            try
            {
                ForEachPiece(static (_, _) => { });
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>Calls an action with each piece of the text, in UTF-8 without escapes, and whether it is the last one.</summary>
    public void ForEachPiece(Action<ReadOnlySpan<byte>, bool> action)
    {
        var json = _json.Span;
        byte[]? quoted = null;
        byte[]? plain = null;
        do
        {
            var length = FindCut(json, out var isEscaped);
            var piece = json[..length];
            if (isEscaped)
            {
                quoted ??= ArrayPool<byte>.Shared.Rent(PieceLength + 2);
                plain ??= ArrayPool<byte>.Shared.Rent(PieceLength);
                var reader = JsonSpelling.ReadQuoted(piece, quoted);
                piece = plain.AsSpan(0, reader.CopyString(plain));
            }

            json = json[length..];
            action(piece, json.IsEmpty);
        }
        while (!json.IsEmpty);

        Return(quoted);
        Return(plain);
    }

    /// <summary>Decodes the text.</summary>
    public override string ToString() => JsonSpelling.Decode(_json.Span) ?? throw new JsonException("A text holds half of a surrogate pair.");

    /// <summary>The length of the next piece: it cuts neither a character nor an escape nor a pair of them.</summary>
    private static int FindCut(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        var end = Math.Min(json.Length, PieceLength);
        isEscaped = false;
        for (var at = 0; at < end;)
        {
            var next = json[at..end].IndexOf((byte)'\\');
            if (next < 0)
            {
                break;
            }

            at += next;
            var length = EscapeLength(json[at..]);
            if (at + length > end)
            {
                return at > 0 ? at : length;
            }

            isEscaped = true;
            at += length;
        }

        // What starts with the bits 10 is not the first byte of a character.
        while (end < json.Length && (json[end] & 0b1100_0000) == 0b1000_0000)
        {
            end--;
        }

        return end;
    }

    private static int EscapeLength(ReadOnlySpan<byte> json)
    {
        if (json[1] != (byte)'u')
        {
            return ShortEscape;
        }

        // A first half belongs to what follows it: \uD800 to \uDBFF.
        var isFirstHalf = (json[2] | 0x20) == (byte)'d' && (json[3] is (byte)'8' or (byte)'9' || (json[3] | 0x20) is (byte)'a' or (byte)'b');
        return isFirstHalf && json.Length >= 2 * UnicodeEscape ? 2 * UnicodeEscape : UnicodeEscape;
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
