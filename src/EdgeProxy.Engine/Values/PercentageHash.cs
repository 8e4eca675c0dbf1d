using System.Buffers;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// The position of an identity between 0 and 100 percent (docs/spec/evaluation.md 6): the MD5 of two ids joined by a comma,
/// modulo 9999, over 9998. The same ids always fall on the same point.
/// </summary>
internal static class PercentageHash
{
    private const uint Buckets = 9999;
    private const int StackLimit = 256;

    /// <summary>A number from 0 up to, but never, 100.</summary>
    /// <param name="owner">The segment key or feature key, as text.</param>
    /// <param name="subject">The identity key or other value, as text.</param>
    public static double Of(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> subject)
    {
        var length = owner.Length + 1 + subject.Length;
        byte[]? rented = null;
        var message = length <= StackLimit
            ? stackalloc byte[StackLimit]
            : rented = ArrayPool<byte>.Shared.Rent(length);
        message = message[..Join(owner, subject, message)];
        var bucket = BucketOf(Md5.Hash(message));
        if (bucket == Buckets - 1)
        {
            bucket = BucketOfRepeated(message);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return PercentOf(bucket);
    }

    /// <summary>The same, where the MD5 of the two is known already.</summary>
    public static double Of(UInt128 digest, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> subject)
    {
        var bucket = BucketOf(digest);
        return bucket == Buckets - 1 ? Of(owner, subject) : PercentOf(bucket);
    }

    /// <summary>Writes the list of the two ids, and says how long it is.</summary>
    public static int Join(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> subject, Span<byte> destination)
    {
        owner.CopyTo(destination);
        destination[owner.Length] = (byte)',';
        subject.CopyTo(destination[(owner.Length + 1)..]);
        return owner.Length + 1 + subject.Length;
    }

    // As on paper, a few digits at a time: 64 bits by a known number are a multiplication, 128 bits by any are a loop.
    private static uint BucketOf(UInt128 digest)
    {
        var low = (ulong)digest;
        var rest = (ulong)(digest >> 64) % Buckets;
        rest = ((rest << 32) | (low >> 32)) % Buckets;
        return (uint)(((rest << 32) | (uint)low) % Buckets);
    }

    // In this order of operations: the last bit of the double decides at the edge of a split.
    private static double PercentOf(uint bucket) => (double)bucket / (Buckets - 1) * 100;

    /// <summary>Exactly 100 would be beyond every split: the list of ids is repeated until the hash is something else.</summary>
    private static uint BucketOfRepeated(ReadOnlySpan<byte> message)
    {
        for (var times = 2; ; times++)
        {
            var length = (times * (message.Length + 1)) - 1;
            var repeated = ArrayPool<byte>.Shared.Rent(length);
            for (var i = 0; i < times; i++)
            {
                var at = i * (message.Length + 1);
                message.CopyTo(repeated.AsSpan(at));
                if (at > 0)
                {
                    repeated[at - 1] = (byte)',';
                }
            }

            var bucket = BucketOf(Md5.Hash(repeated.AsSpan(0, length)));
            ArrayPool<byte>.Shared.Return(repeated);
            if (bucket != Buckets - 1)
            {
                return bucket;
            }
        }
    }
}
