namespace EdgeProxy.Host.Metrics;

/// <summary>The durations of requests: a histogram for each endpoint.</summary>
internal sealed class RequestDurations
{
    private static readonly int BucketCount = DurationBuckets.Seconds.Length + 1;

    // The buckets, followed by the sum.
    private readonly EndpointCells _cells = new(BucketCount + 1);
    private readonly DurationBuckets _buckets;
    private readonly long _frequency;

    public RequestDurations(TimeProvider time)
    {
        _frequency = time.TimestampFrequency;
        _buckets = new DurationBuckets(_frequency);
    }

    /// <summary>The endpoints with recorded requests.</summary>
    public IEnumerable<EndpointLabel> Endpoints => _cells.Endpoints;

    /// <summary>Records a request.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="ticks">Its duration in ticks of the clock.</param>
    public void Record(EndpointLabel endpoint, long ticks)
    {
        var cells = _cells.Of(endpoint);
        cells.Add(_buckets.Find(ticks), 1);
        cells.Add(BucketCount, ticks);
    }

    /// <summary>The number of requests of all endpoints whose requests may be rejected.</summary>
    public long SheddableCount() => Endpoints.Where(static endpoint => endpoint.IsSheddable).Sum(endpoint => BucketsOf(endpoint).Sum());

    /// <summary>The number of requests in each bucket, of all endpoints whose requests may be rejected: those of SDKs.</summary>
    public long[] SheddableBuckets()
    {
        var sum = new long[BucketCount];
        foreach (var endpoint in Endpoints.Where(static endpoint => endpoint.IsSheddable))
        {
            var buckets = BucketsOf(endpoint);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += buckets[i];
            }
        }

        return sum;
    }

    /// <summary>The number of requests in each bucket of an endpoint.</summary>
    public long[] BucketsOf(EndpointLabel endpoint) =>
        _cells.Find(endpoint) is { } cells ? [.. Enumerable.Range(0, BucketCount).Select(cells.Sum)] : new long[BucketCount];

    /// <summary>The total duration of an endpoint's requests, in seconds.</summary>
    public double SumOf(EndpointLabel endpoint) => (double)(_cells.Find(endpoint)?.Sum(BucketCount) ?? 0) / _frequency;
}
