namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>Bits to copy from, with room around them so that whole vectors can be read anywhere.</summary>
internal readonly struct BitString
{
    /// <summary>Bytes before the first bit.</summary>
    public const int Before = sizeof(ulong);

    /// <summary>Bytes behind the last bit.</summary>
    public const int Behind = BitWriter.Slack;

    private readonly byte[] _bytes;

    /// <param name="bytes">With <see cref="Before"/> and <see cref="Behind"/> bytes that mean nothing.</param>
    public BitString(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The bytes from the one with this bit in it.</summary>
    /// <param name="bit">The number of a bit; may be a little negative.</param>
    /// <param name="shift">The bit's place in the first byte.</param>
    public ReadOnlySpan<byte> From(long bit, out int shift)
    {
        var place = bit + (Before * 8);
        shift = (int)(place & 7);
        return _bytes.AsSpan((int)(place >> 3));
    }
}
