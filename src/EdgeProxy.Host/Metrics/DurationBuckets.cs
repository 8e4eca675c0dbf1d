using System.Numerics;

namespace EdgeProxy.Host.Metrics;

/// <summary>
/// The buckets of a duration histogram, in ticks of a clock. Finding one takes no division and no branch: the position of
/// the highest bit gives the first candidate, and few bounds lie between two powers of two.
/// </summary>
internal sealed class DurationBuckets
{
    // Between a power of two and the next.
    private const int MaxPerOctave = 3;

    private readonly long[] _bounds;
    private readonly byte[] _first = new byte[64];

    /// <param name="frequency">The clock's ticks per second; at least a million.</param>
    public DurationBuckets(long frequency)
    {
        _bounds = [.. Seconds.Select(seconds => (long)Math.Round(seconds * frequency)), .. Enumerable.Repeat(long.MaxValue, MaxPerOctave)];
        for (var bit = 0; bit < _first.Length - 1; bit++)
        {
            _first[bit] = (byte)_bounds.Count(bound => bound < 1L << bit);
        }

        _first[^1] = (byte)Seconds.Length;
    }

    /// <summary>The upper bounds in seconds, inclusive. One more bucket follows for all longer durations.</summary>
    public static readonly double[] Seconds =
    [
        0.00005, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005, 0.00075, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.0075,
        0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    ];

    /// <summary>The number of the bucket of a duration, from 0.</summary>
    /// <param name="ticks">The duration; not negative.</param>
    public int Find(long ticks)
    {
        int bucket = _first[BitOperations.Log2((ulong)ticks)];
        var bounds = _bounds.AsSpan(bucket, MaxPerOctave);

        // Bounds increase, so the sum is the index of the first one that is not exceeded.
        return bucket + Exceeds(ticks, bounds[0]) + Exceeds(ticks, bounds[1]) + Exceeds(ticks, bounds[2]);
    }

    private static int Exceeds(long ticks, long bound) => (int)((ulong)(bound - ticks) >> 63);
}
