using System.IO.Hashing;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// CRC-32 of concatenated texts from the CRC-32 of their parts: <c>crc(AB) = crc(A)·x^(8·|B|) + crc(B)</c>, over
/// polynomials modulo that of gzip (RFC 1952, section 8). The highest bit is the coefficient of 1.
/// </summary>
internal static class Crc32Arithmetic
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;

    // Four times: for a byte with none, one, two and three more behind it.
    private static readonly uint[] Remainders = MakeRemainders();

    // For each byte of a length, x to the power of eight times what it stands for.
    private static readonly uint[] Powers = MakePowers();

    /// <summary>Computes the CRC-32 of a text.</summary>
    public static uint Of(ReadOnlySpan<byte> text) => Crc32.HashToUInt32(text);

    /// <summary>Appends a byte.</summary>
    public static uint Append(uint crc, byte value) => ~(Remainders[(byte)(~crc ^ value)] ^ (~crc >> 8));

    /// <summary>Appends another text.</summary>
    public static uint Append(uint crc, uint other, int otherLength) => Shift(crc, otherLength) ^ other;

    /// <summary>Appends a part of another text.</summary>
    /// <param name="crc">The CRC-32 of the text.</param>
    /// <param name="before">The CRC-32 of the other text before the part.</param>
    /// <param name="through">The CRC-32 of the same including the part.</param>
    /// <param name="length">The part's length in bytes.</param>
    public static uint Append(uint crc, uint before, uint through, int length) => Shift(crc ^ before, length) ^ through;

    private static uint Shift(uint crc, int length)
    {
        var product = Multiply(crc, Powers[length & 0xFF]);
        for (var place = 256; (length >>= 8) != 0; place += 256)
        {
            product = Multiply(product, Powers[place + (length & 0xFF)]);
        }

        return product;
    }

    private static uint Multiply(uint left, uint right)
    {
        if (Pclmulqdq.IsSupported)
        {
            var product = Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar((ulong)left), Vector128.CreateScalar((ulong)right), 0).ToScalar() << 1;
            return (uint)(product >> 32)
                ^ Remainders[768 + (byte)product]
                ^ Remainders[512 + (byte)(product >> 8)]
                ^ Remainders[256 + (byte)(product >> 16)]
                ^ Remainders[(byte)(product >> 24)];
        }

        return MultiplyByBit(left, right);
    }

    private static uint MultiplyByBit(uint left, uint right)
    {
        var product = 0u;
        for (; left != 0; left <<= 1)
        {
            product ^= (left & One) != 0 ? right : 0;
            right = (right >> 1) ^ ((right & 1) != 0 ? Polynomial : 0);
        }

        return product;
    }

    private static uint[] MakeRemainders()
    {
        var remainders = new uint[4 * 256];
        for (var i = 0; i < remainders.Length; i++)
        {
            var value = i < 256 ? (uint)i : remainders[i - 256];
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) != 0 ? Polynomial : 0);
            }

            remainders[i] = value;
        }

        return remainders;
    }

    private static uint[] MakePowers()
    {
        var powers = new uint[4 * 256];
        var step = One >> 8;
        for (var place = 0; place < powers.Length; place += 256)
        {
            powers[place] = One;
            for (var i = 1; i < 256; i++)
            {
                powers[place + i] = MultiplyByBit(powers[place + i - 1], step);
            }

            step = MultiplyByBit(powers[place + 255], step);
        }

        return powers;
    }
}
