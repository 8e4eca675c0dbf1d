using System.Text;

namespace EdgeProxy.Engine.Languages.Parsing;

/// <summary>A place in a text that only moves on when what was asked for is there.</summary>
internal sealed class TextCursor(string text)
{
    /// <summary>In UTF-16 units; may be set back to where it was before.</summary>
    public int Offset { get; set; }

    public bool AtEnd => Offset == text.Length;

    /// <summary>The unit at the cursor; NUL at the end, so ask <see cref="AtEnd"/> where a NUL could be meant.</summary>
    public char Current => AtEnd ? '\0' : text[Offset];

    /// <summary>Passes the unit that <see cref="Current"/> was.</summary>
    public void Advance() => Offset++;

    public bool TryTake(char wanted)
    {
        if (AtEnd || text[Offset] != wanted)
        {
            return false;
        }

        Offset++;
        return true;
    }

    public bool TryTake(string wanted)
    {
        if (!text.AsSpan(Offset).StartsWith(wanted, StringComparison.Ordinal))
        {
            return false;
        }

        Offset += wanted.Length;
        return true;
    }

    /// <summary>Takes one Unicode scalar value; not at the end, and not half a surrogate pair.</summary>
    public bool TryTakeRune(out Rune rune)
    {
        if (Rune.DecodeFromUtf16(text.AsSpan(Offset), out rune, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Offset += length;
        return true;
    }

    /// <summary>Takes all units that fit, maybe none.</summary>
    public ReadOnlySpan<char> TakeWhile(Func<char, bool> fits)
    {
        var start = Offset;
        while (!AtEnd && fits(text[Offset]))
        {
            Offset++;
        }

        return text.AsSpan(start, Offset - start);
    }
}
