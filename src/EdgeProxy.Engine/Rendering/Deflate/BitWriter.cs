using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Writes bits, the lowest of each byte first, as in deflate (RFC 1951, section 3.1.1). Writes whole words, so that the
/// destination must have <see cref="Slack"/> spare bytes.
/// </summary>
internal ref struct BitWriter
{
    /// <summary>The number of bytes behind the last bit that may be overwritten.</summary>
    public const int Slack = 64;

    /// <summary>The maximum number of bits of one call.</summary>
    public const int MaxBits = 56;

    /// <summary>The position of the number of bits in codes.</summary>
    public const int CountShift = 24;

    private readonly Span<byte> _destination;
    private int _at;
    private ulong _pending;
    private int _pendingBits;

    public BitWriter(Span<byte> destination)
    {
        _destination = destination;
    }

    /// <summary>Writes up to <see cref="MaxBits"/> bits; those above are zero.</summary>
    public void Write(ulong bits, int count)
    {
        _pending |= bits << _pendingBits;
        BinaryPrimitives.WriteUInt64LittleEndian(_destination[_at..], _pending);
        var total = _pendingBits + count;
        _at += total >> 3;
        _pending >>= total & ~7;
        _pendingBits = total & 7;
    }

    /// <summary>Writes the code of each byte.</summary>
    /// <param name="codes">By byte, up to fifteen bits, and their number above <see cref="CountShift"/>.</param>
    /// <param name="text">The bytes.</param>
    public void Write(ReadOnlySpan<uint> codes, ReadOnlySpan<byte> text)
    {
        // All in registers, with three codes for each word written.
        codes = codes[..(byte.MaxValue + 1)];
        var destination = _destination[_at..];
        var at = 0;
        var pending = _pending;
        var count = _pendingBits;
        var i = 0;
        for (; i + 2 < text.Length; i += 3)
        {
            var first = codes[text[i]];
            var second = codes[text[i + 1]];
            var third = codes[text[i + 2]];
            pending |= (ulong)(first & 0xFFFF) << count;
            count += (int)(first >> CountShift);
            pending |= (ulong)(second & 0xFFFF) << count;
            count += (int)(second >> CountShift);
            pending |= (ulong)(third & 0xFFFF) << count;
            count += (int)(third >> CountShift);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], pending);
            at += count >> 3;
            pending >>= count & ~7;
            count &= 7;
        }

        for (; i < text.Length; i++)
        {
            var code = codes[text[i]];
            pending |= (ulong)(code & 0xFFFF) << count;
            count += (int)(code >> CountShift);
        }

        // Up to two codes and what was pending: no more than 37 bits.
        BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], pending);
        _at += at + (count >> 3);
        _pending = pending >> (count & ~7);
        _pendingBits = count & 7;
    }

    /// <summary>Copies bits between any two bit positions.</summary>
    public void Copy(BitString source, long start, long end)
    {
        if (start == end)
        {
            return;
        }

        // From the position in the source where the current byte would start: the bits there are replaced by the pending
        // ones after the first word.
        var bytes = source.From(start - _pendingBits, out var shift);
        var total = (end - start) + _pendingBits;
        var destination = _destination[_at..];
        var length = (int)(total >> 3);
        var first = Word(bytes, shift);
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; at <= length; at += Vector256<byte>.Count)
            {
                // Eight bits of the second are those above the first's highest; the others are the same in both.
                var low = Vector256.Create(bytes.Slice(at, Vector256<byte>.Count)).AsUInt64();
                var high = Vector256.Create(bytes.Slice(at + 1, Vector256<byte>.Count)).AsUInt64();
                ((low >>> shift) | (high << (8 - shift))).AsByte().CopyTo(destination[at..]);
            }
        }
        else
        {
            for (; at <= length; at += sizeof(ulong))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], Word(bytes[at..], shift));
            }
        }

        var kept = (1UL << _pendingBits) - 1;
        BinaryPrimitives.WriteUInt64LittleEndian(destination, (first & ~kept) | _pending);
        _at += length;
        _pendingBits = (int)(total & 7);
        _pending = destination[length] & ((1UL << _pendingBits) - 1);
    }

    /// <summary>Completes the last byte; returns the length.</summary>
    public int Finish()
    {
        Write(0, (8 - _pendingBits) & 7);
        return _at;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int shift) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> shift) | (BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]) << (8 - shift));
}
