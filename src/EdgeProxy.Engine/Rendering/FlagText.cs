namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// A flag as a JSON object for one audience, in up to three pieces: the first holds all before variant and reason, the last,
/// if there is one, the value. Most flags are one piece.
/// </summary>
internal readonly ref struct FlagText
{
    public FlagText(ReadOnlySpan<byte> head, ReadOnlySpan<byte> middle = default, ReadOnlySpan<byte> tail = default)
    {
        Head = head;
        Middle = middle;
        Tail = tail;
    }

    /// <summary>The first piece.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>The second piece: variant and reason in full, if there is one.</summary>
    public ReadOnlySpan<byte> Middle { get; }

    /// <summary>The last piece; empty if the first one is the whole flag.</summary>
    public ReadOnlySpan<byte> Tail { get; }

    /// <summary>The length in bytes.</summary>
    public int Length => Head.Length + Middle.Length + Tail.Length;

    /// <summary>The position at which <see cref="Tail"/> starts.</summary>
    public int TailStart => Head.Length + Middle.Length;

    /// <summary>Variant and reason with the comma before them, but for <see cref="DetailsRest"/>.</summary>
    public ReadOnlySpan<byte> Details(scoped in FlagLayout layout) =>
        !Middle.IsEmpty ? Middle : Head[layout.DetailsStart..(Tail.IsEmpty ? layout.DetailsEnd : Head.Length)];

    /// <summary>The part that <see cref="Details"/> lacks: the end of a reason that was shortened.</summary>
    public ReadOnlySpan<byte> DetailsRest(scoped in FlagLayout layout) => Tail.IsEmpty ? default : Tail[..(layout.DetailsEnd - TailStart)];

    /// <summary>The value and all that follows.</summary>
    public ReadOnlySpan<byte> Value(scoped in FlagLayout layout) => Tail.IsEmpty ? Head[layout.ValueStart..] : Tail[(layout.ValueStart - TailStart)..];

    /// <summary>Writes the flag in one piece.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        Head.CopyTo(destination);
        Middle.CopyTo(destination[Head.Length..]);
        Tail.CopyTo(destination[TailStart..]);
    }

    /// <summary>Returns the flag in one piece.</summary>
    public byte[] ToArray()
    {
        var array = new byte[Length];
        CopyTo(array);
        return array;
    }
}
