namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>Bits to copy from, with padding on both sides so that whole vectors can be read anywhere.</summary>
internal readonly struct BitString
{
    /// <summary>The padding before the first bit in bytes.</summary>
    public const int Before = sizeof(ulong);

    /// <summary>The padding behind the last bit in bytes.</summary>
    public const int Behind = BitWriter.Slack;

    private readonly byte[] _bytes;

    /// <param name="bytes">The bits, with <see cref="Before"/> and <see cref="Behind"/> bytes of padding.</param>
    public BitString(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Returns the bytes from the one with this bit on.</summary>
    /// <param name="bit">The number of a bit; may be a little negative.</param>
    /// <param name="shift">The bit's place in the first byte.</param>
    public ReadOnlySpan<byte> From(long bit, out int shift)
    {
        var place = bit + (Before * 8);
        shift = (int)(place & 7);
        return _bytes.AsSpan((int)(place >> 3));
    }
}
