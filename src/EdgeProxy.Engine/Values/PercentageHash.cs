using System.Buffers;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// Where somebody falls between 0 and 100 percent (evaluation.md, section 6): the MD5 of two ids joined by a comma,
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
        message = message[..length];
        owner.CopyTo(message);
        message[owner.Length] = (byte)',';
        subject.CopyTo(message[(owner.Length + 1)..]);

        var bucket = BucketOf(message);
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

    private static uint BucketOf(ReadOnlySpan<byte> message) => (uint)(Md5.Hash(message) % Buckets);

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

            var bucket = BucketOf(repeated.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(repeated);
            if (bucket != Buckets - 1)
            {
                return bucket;
            }
        }
    }
}
