using System.Buffers.Binary;
using System.Numerics;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// MD5 of a short message in one call (RFC 1321). Our own because the platform's goes through a cryptographic provider:
/// several times slower for one block, and refused on machines in FIPS mode. Nothing here is about security; the hash
/// only has to spread identities the way every Flagsmith engine does.
/// </summary>
internal static class Md5
{
    private const int BlockLength = 64;
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

    private static ReadOnlySpan<byte> Shifts => [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

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
        Span<uint> words = stackalloc uint[16];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        }

        var (a, b, c, d) = state;
        for (var i = 0; i < 16; i++)
        {
            Step((b & c) | (~b & d), words[i], i, ref a, ref b, ref c, ref d);
        }

        for (var i = 16; i < 32; i++)
        {
            Step((d & b) | (~d & c), words[((5 * i) + 1) & 15], i, ref a, ref b, ref c, ref d);
        }

        for (var i = 32; i < 48; i++)
        {
            Step(b ^ c ^ d, words[((3 * i) + 5) & 15], i, ref a, ref b, ref c, ref d);
        }

        for (var i = 48; i < 64; i++)
        {
            Step(c ^ (b | ~d), words[(7 * i) & 15], i, ref a, ref b, ref c, ref d);
        }

        return new State(state.A + a, state.B + b, state.C + c, state.D + d);
    }

    private static void Step(uint mixed, uint word, int i, ref uint a, ref uint b, ref uint c, ref uint d)
    {
        var sum = a + mixed + Sines[i] + word;
        a = d;
        d = c;
        c = b;
        b += BitOperations.RotateLeft(sum, Shifts[((i >> 4) << 2) | (i & 3)]);
    }

    private readonly record struct State(uint A, uint B, uint C, uint D)
    {
        // The digest is the four words, least significant byte first each.
        public UInt128 ToNumber() => new(
            ((ulong)BinaryPrimitives.ReverseEndianness(A) << 32) | BinaryPrimitives.ReverseEndianness(B),
            ((ulong)BinaryPrimitives.ReverseEndianness(C) << 32) | BinaryPrimitives.ReverseEndianness(D));
    }
}
