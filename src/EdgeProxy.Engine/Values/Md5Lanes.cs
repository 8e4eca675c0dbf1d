using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// MD5 of several short messages at the same time, one in each lane of a vector. A step of MD5 waits for the one before, so
/// one message leaves most of a processor idle; sixteen take as long as two or three.
/// </summary>
internal static class Md5Lanes
{
    /// <summary>The room of a message, with what MD5 puts behind it, in bytes.</summary>
    public const int Stride = 4 * BlockLength;

    /// <summary>The length of the longest message, in bytes.</summary>
    public const int MaxBytes = Stride - sizeof(ulong) - 1;

    private const int BlockLength = 64;
    private const int WordsInBlock = BlockLength / sizeof(uint);

    /// <summary>The number of messages hashed at a time.</summary>
    public static int Count => Vector512<uint>.Count;

    /// <summary>
    /// Determines whether that takes less time than one after the other: for more than two, on a machine with vectors of half that
    /// width, or of all of it.
    /// </summary>
    public static bool Pays(int messages) => messages > 2 && Vector256.IsHardwareAccelerated;

    /// <summary>Hashes as many messages as there are lengths, at most <see cref="Count"/>.</summary>
    /// <param name="messages">The messages, each at a multiple of <see cref="Stride"/>; what is between them is overwritten.</param>
    /// <param name="lengths">Their lengths, each at most <see cref="MaxBytes"/>.</param>
    /// <param name="digests">Each digest, read as one unsigned big-endian number.</param>
    public static void Hash(Span<byte> messages, ReadOnlySpan<int> lengths, Span<UInt128> digests)
    {
        Span<uint> blocks = stackalloc uint[Count];
        var most = 0;
        for (var lane = 0; lane < lengths.Length; lane++)
        {
            var count = Pad(messages.Slice(lane * Stride, Stride), lengths[lane]);
            blocks[lane] = (uint)count;
            most = Math.Max(most, count);
        }

        var a = Vector512.Create(0x67452301u);
        var b = Vector512.Create(0xefcdab89);
        var c = Vector512.Create(0x98badcfe);
        var d = Vector512.Create(0x10325476u);
        var last = Vector512.Create<uint>(blocks);
        Span<uint> words = stackalloc uint[WordsInBlock * Count];
        for (var block = 0; block < most; block++)
        {
            Transpose(messages[(block * BlockLength)..], lengths.Length, words);
            var (a0, b0, c0, d0) = (a, b, c, d);
            Transform(MemoryMarshal.Cast<uint, Vector512<uint>>(words), ref a, ref b, ref c, ref d);

            // Shorter messages were over before this block.
            var isUnderWay = Vector512.GreaterThan(last, Vector512.Create((uint)block));
            a = Vector512.ConditionalSelect(isUnderWay, a0 + a, a0);
            b = Vector512.ConditionalSelect(isUnderWay, b0 + b, b0);
            c = Vector512.ConditionalSelect(isUnderWay, c0 + c, c0);
            d = Vector512.ConditionalSelect(isUnderWay, d0 + d, d0);
        }

        for (var lane = 0; lane < lengths.Length; lane++)
        {
            digests[lane] = new UInt128(Join(a.GetElement(lane), b.GetElement(lane)), Join(c.GetElement(lane), d.GetElement(lane)));
        }
    }

    /// <summary>Puts behind a message what MD5 wants there (RFC 1321, 3.1 and 3.2), and says how many blocks it is.</summary>
    private static int Pad(Span<byte> message, int length)
    {
        var count = (length + sizeof(ulong) + BlockLength) / BlockLength;
        var padding = message[length..(count * BlockLength)];
        padding.Clear();
        padding[0] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(padding[^sizeof(ulong)..], (ulong)length * 8);
        return count;
    }

    /// <summary>The words of a block of each message, all first ones first.</summary>
    private static void Transpose(ReadOnlySpan<byte> messages, int count, Span<uint> words)
    {
        for (var lane = 0; lane < count; lane++)
        {
            var block = messages.Slice(lane * Stride, BlockLength);
            for (var word = 0; word < WordsInBlock; word++)
            {
                words[(word * Count) + lane] = BinaryPrimitives.ReadUInt32LittleEndian(block[(word * sizeof(uint))..]);
            }
        }
    }

    private static void Transform(ReadOnlySpan<Vector512<uint>> words, ref Vector512<uint> first, ref Vector512<uint> second, ref Vector512<uint> third, ref Vector512<uint> fourth)
    {
        var (a, b, c, d) = (first, second, third, fourth);

        // Rotations by numbers that the compiler knows are one instruction each; so the four of a round are written out.
        for (var i = 0; i < 16; i += 4)
        {
            a = b + Rotate(a + Word(words, i, i) + Vector512.ConditionalSelect(b, c, d), 7);
            d = a + Rotate(d + Word(words, i + 1, i + 1) + Vector512.ConditionalSelect(a, b, c), 12);
            c = d + Rotate(c + Word(words, i + 2, i + 2) + Vector512.ConditionalSelect(d, a, b), 17);
            b = c + Rotate(b + Word(words, i + 3, i + 3) + Vector512.ConditionalSelect(c, d, a), 22);
        }

        for (var i = 16; i < 32; i += 4)
        {
            a = b + Rotate(a + Word(words, i, (5 * i) + 1) + Vector512.ConditionalSelect(d, b, c), 5);
            d = a + Rotate(d + Word(words, i + 1, (5 * i) + 6) + Vector512.ConditionalSelect(c, a, b), 9);
            c = d + Rotate(c + Word(words, i + 2, (5 * i) + 11) + Vector512.ConditionalSelect(b, d, a), 14);
            b = c + Rotate(b + Word(words, i + 3, (5 * i) + 16) + Vector512.ConditionalSelect(a, c, d), 20);
        }

        for (var i = 32; i < 48; i += 4)
        {
            a = b + Rotate(a + Word(words, i, (3 * i) + 5) + (b ^ c ^ d), 4);
            d = a + Rotate(d + Word(words, i + 1, (3 * i) + 8) + (a ^ b ^ c), 11);
            c = d + Rotate(c + Word(words, i + 2, (3 * i) + 11) + (d ^ a ^ b), 16);
            b = c + Rotate(b + Word(words, i + 3, (3 * i) + 14) + (c ^ d ^ a), 23);
        }

        for (var i = 48; i < 64; i += 4)
        {
            a = b + Rotate(a + Word(words, i, 7 * i) + (c ^ (b | ~d)), 6);
            d = a + Rotate(d + Word(words, i + 1, (7 * i) + 7) + (b ^ (a | ~c)), 10);
            c = d + Rotate(c + Word(words, i + 2, (7 * i) + 14) + (a ^ (d | ~b)), 15);
            b = c + Rotate(b + Word(words, i + 3, (7 * i) + 21) + (d ^ (c | ~a)), 21);
        }

        (first, second, third, fourth) = (a, b, c, d);
    }

    /// <summary>The addends of a step: a word of each message, and the step's constant.</summary>
    private static Vector512<uint> Word(ReadOnlySpan<Vector512<uint>> words, int step, int word) =>
        words[word & (WordsInBlock - 1)] + Vector512.Create(Md5.Sines[step]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rotate(Vector512<uint> value, [ConstantExpected] byte bits) => Avx512F.IsSupported
        ? Avx512F.RotateLeft(value, bits)
        : Vector512.ShiftLeft(value, bits) | Vector512.ShiftRightLogical(value, 32 - bits);

    // A digest is the four words, least significant byte first each.
    private static ulong Join(uint first, uint second) =>
        ((ulong)BinaryPrimitives.ReverseEndianness(first) << 32) | BinaryPrimitives.ReverseEndianness(second);
}
