using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// MD5 of a short message in one call (RFC 1321). Our own because the platform's goes through a cryptographic provider:
/// several times slower for one block, and refused on machines in FIPS mode. Nothing here is about security; the hash
/// only has to spread identities the way every Flagsmith engine does.
/// </summary>
internal static class Md5
{
    private const int BlockLength = 64;
    private const int WordsInBlock = BlockLength / sizeof(uint);
    private const int LengthFieldAt = BlockLength - sizeof(ulong);

    /// <summary>floor(2^32 × |sin(i + 1)|), RFC 1321 section 3.4.</summary>
    public static ReadOnlySpan<uint> Sines =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    /// <summary>The digest, read as one unsigned big-endian number.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> message)
    {
        var state = new State(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
        var rest = message;
        while (rest.Length >= BlockLength)
        {
            state = Transform(state, rest);
            rest = rest[BlockLength..];
        }

        Span<byte> tail = stackalloc byte[2 * BlockLength];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        var blocks = rest.Length < LengthFieldAt ? 1 : 2;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[((blocks * BlockLength) - sizeof(ulong))..], (ulong)message.Length * 8);
        for (var block = 0; block < blocks; block++)
        {
            state = Transform(state, tail[(block * BlockLength)..]);
        }

        return state.ToNumber();
    }

    private static State Transform(State state, ReadOnlySpan<byte> block)
    {
        // The steps of a round are written out four at a time: their shifts are then known to the compiler, and no value is moved.
        var (a, b, c, d) = state;
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + Word(block, i, i), 7);
            d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + Word(block, i + 1, i + 1), 12);
            c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + Word(block, i + 2, i + 2), 17);
            b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + Word(block, i + 3, i + 3), 22);
        }

        for (var i = 16; i < 32; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + ((d & b) + (~d & c)) + Word(block, i, (5 * i) + 1), 5);
            d = a + BitOperations.RotateLeft(d + ((c & a) + (~c & b)) + Word(block, i + 1, (5 * i) + 6), 9);
            c = d + BitOperations.RotateLeft(c + ((b & d) + (~b & a)) + Word(block, i + 2, (5 * i) + 11), 14);
            b = c + BitOperations.RotateLeft(b + ((a & c) + (~a & d)) + Word(block, i + 3, (5 * i) + 16), 20);
        }

        for (var i = 32; i < 48; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + Word(block, i, (3 * i) + 5), 4);
            d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + Word(block, i + 1, (3 * i) + 8), 11);
            c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + Word(block, i + 2, (3 * i) + 11), 16);
            b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + Word(block, i + 3, (3 * i) + 14), 23);
        }

        for (var i = 48; i < 64; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + Word(block, i, 7 * i), 6);
            d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + Word(block, i + 1, (7 * i) + 7), 10);
            c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + Word(block, i + 2, (7 * i) + 14), 15);
            b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + Word(block, i + 3, (7 * i) + 21), 21);
        }

        return new State(state.A + a, state.B + b, state.C + c, state.D + d);
    }

    /// <summary>The addends of a step: a word of the block, and the step's constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(ReadOnlySpan<byte> block, int step, int word) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[((word & (WordsInBlock - 1)) * sizeof(uint))..]) + Sines[step];

    private readonly record struct State(uint A, uint B, uint C, uint D)
    {
        // The digest is the four words, least significant byte first each.
        public UInt128 ToNumber() => new(
            ((ulong)BinaryPrimitives.ReverseEndianness(A) << 32) | BinaryPrimitives.ReverseEndianness(B),
            ((ulong)BinaryPrimitives.ReverseEndianness(C) << 32) | BinaryPrimitives.ReverseEndianness(D));
    }
}
