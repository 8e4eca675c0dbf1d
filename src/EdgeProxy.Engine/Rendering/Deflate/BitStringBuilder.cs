namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>Builds a <see cref="BitString"/>.</summary>
internal sealed class BitStringBuilder
{
    private readonly List<byte> _bytes = [.. new byte[BitString.Before]];
    private ulong _pending;
    private int _pendingBits;

    /// <summary>The number of bits.</summary>
    public long Length => ((long)(_bytes.Count - BitString.Before) * 8) + _pendingBits;

    /// <summary>Adds up to <see cref="BitWriter.MaxBits"/> bits.</summary>
    public void Add(ulong bits, int count)
    {
        _pending |= bits << _pendingBits;
        _pendingBits += count;
        for (; _pendingBits >= 8; _pendingBits -= 8)
        {
            _bytes.Add((byte)_pending);
            _pending >>= 8;
        }
    }

    /// <summary>Returns all bits.</summary>
    public BitString Finish()
    {
        _bytes.Add((byte)_pending);
        _bytes.AddRange(new byte[BitString.Behind]);
        return new BitString([.. _bytes]);
    }
}
