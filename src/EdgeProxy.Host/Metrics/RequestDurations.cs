using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Metrics;

/// <summary>How long requests took, by endpoint: a histogram each.</summary>
internal sealed class RequestDurations
{
    private static readonly int BucketCount = DurationBuckets.Seconds.Length + 1;

    // The buckets, and behind them the sum.
    private static readonly int CellsPerEndpoint = BucketCount + 1;

    private readonly StripedCells _cells = new(EndpointNames.Count * CellsPerEndpoint);
    private readonly DurationBuckets _buckets;
    private readonly long _frequency;

    public RequestDurations(TimeProvider time)
    {
        _frequency = time.TimestampFrequency;
        _buckets = new DurationBuckets(_frequency);
    }

    /// <summary>Records a request.</summary>
    /// <param name="endpoint">Where it went.</param>
    /// <param name="ticks">How long it took, in ticks of the clock.</param>
    public void Record(SdkEndpoint endpoint, long ticks)
    {
        var first = (int)endpoint * CellsPerEndpoint;
        _cells.Add(first + _buckets.Find(ticks), 1);
        _cells.Add(first + BucketCount, ticks);
    }

    /// <summary>The number of requests of an endpoint.</summary>
    public long CountOf(SdkEndpoint endpoint)
    {
        var first = (int)endpoint * CellsPerEndpoint;
        var count = 0L;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            count += _cells.Sum(first + bucket);
        }

        return count;
    }

    /// <summary>How many there were in each bucket of an endpoint.</summary>
    public long[] BucketsOf(SdkEndpoint endpoint)
    {
        var first = (int)endpoint * CellsPerEndpoint;
        return [.. Enumerable.Range(first, BucketCount).Select(_cells.Sum)];
    }

    /// <summary>How long the requests of an endpoint took together, in seconds.</summary>
    public double SumOf(SdkEndpoint endpoint) => (double)_cells.Sum(((int)endpoint * CellsPerEndpoint) + BucketCount) / _frequency;
}
