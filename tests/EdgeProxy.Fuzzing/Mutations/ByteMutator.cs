using System.Text;

namespace EdgeProxy.Fuzzing.Mutations;

/// <summary>Changes bytes without an idea of what they mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[][] Oddities =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0xEF, 0xBB, 0xBF], "\u202E"u8.ToArray(),
        "é"u8.ToArray(), "😀"u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\t"u8.ToArray(),
        " "u8.ToArray(), ":"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "\\u"u8.ToArray(), "\\ud800"u8.ToArray(), "%"u8.ToArray(),
        "%00"u8.ToArray(), "%ff"u8.ToArray(), ","u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
    ];

    private static readonly byte[][] Numbers =
    [
        .. new[]
        {
            "-1", "0", "-0", "00", "1e400", "1e-400", "0.1", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
            "18446744073709551616", "123456789012345678901234567890", "0x10", "+1", "1_000", "NaN", "FFFFFFFFFFFFFFFF",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Changes a few places.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            bytes = MutateOnce(bytes, random);
        }

        return bytes;
    }

    /// <summary>Puts a part in the place of another, which may be empty.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> bytes, int at, int length, ReadOnlySpan<byte> by) => [.. bytes[..at], .. by, .. bytes[(at + length)..]];

    private static byte[] MutateOnce(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return Oddities[random.Next(Oddities.Length)];
        }

        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(bytes.Length - at, random.Next(4) == 0 ? bytes.Length : 16) + 1);
        switch (random.Next(8))
        {
            case 0:
                return Replace(bytes, at, 1, [(byte)(bytes[at] ^ (1 << random.Next(8)))]);
            case 1:
                return Replace(bytes, at, 1, [(byte)random.Next(256)]);
            case 2:
                return Replace(bytes, at, 0, Oddities[random.Next(Oddities.Length)]);
            case 3:
                return Replace(bytes, at, length, []);
            case 4: // twice
                return Replace(bytes, at, 0, bytes.AsSpan(at, length));
            case 5: // somewhere else, too
                return Replace(bytes, random.Next(bytes.Length), 0, bytes.AsSpan(at, length));
            case 6:
                return ReplaceNumber(bytes, at, random);
            default:
                return random.Next(8) == 0 ? bytes[..at] : Replace(bytes, at, 0, Enumerable.Repeat(bytes[at], random.Next(1, 64)).ToArray());
        }
    }

    private static byte[] ReplaceNumber(byte[] bytes, int at, Random random)
    {
        var start = at + bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < at)
        {
            return Replace(bytes, at, 0, Numbers[random.Next(Numbers.Length)]);
        }

        var end = start;
        while (end < bytes.Length && bytes[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        return Replace(bytes, start, end - start, Numbers[random.Next(Numbers.Length)]);
    }
}
