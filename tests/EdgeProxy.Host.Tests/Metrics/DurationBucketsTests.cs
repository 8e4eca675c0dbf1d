using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Metrics;

public sealed class DurationBucketsTests
{
    private static readonly EndpointLabel None = new(0, "none", IsSheddable: true);
    private static readonly EndpointLabel Flags = new(1, "flags", IsSheddable: true);
    private static readonly EndpointLabel Identities = new(2, "identities", IsSheddable: true);

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(3_000_000)]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    public void Find_AnyDuration_TheFirstBoundThatIsNotExceeded(long frequency)
    {
        var buckets = new DurationBuckets(frequency);
        long[] bounds = [.. DurationBuckets.Seconds.Select(seconds => (long)Math.Round(seconds * frequency))];
        var random = new Random(7);
        long[] durations =
        [
            0, 1, long.MaxValue,
            .. bounds.SelectMany(static bound => new[] { Math.Max(0, bound - 1), bound, bound + 1 }),
            .. Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(1L << random.Next(1, 62))),
        ];

        foreach (var ticks in durations)
        {
            Assert.Equal(bounds.Count(bound => bound < ticks), buckets.Find(ticks));
        }
    }

    [Fact]
    public void Seconds_OfTheBounds_GoUpAndResolveATenthOfAMillisecond()
    {
        Assert.Equal(DurationBuckets.Seconds.Order().Distinct(), DurationBuckets.Seconds);
        Assert.Superset(new HashSet<double> { 0.0001, 0.0002, 0.0003, 0.0004, 0.0005 }, DurationBuckets.Seconds.ToHashSet());
    }

    [Fact]
    public void Record_ByAClockOfOddTicks_BucketsAndSumInSeconds()
    {
        var time = new ManualTimeProvider();
        var durations = new RequestDurations(time);
        foreach (var milliseconds in new[] { 0, 0.1, 0.25, 0.25, 3, 7000 })
        {
            durations.Record(Flags, (long)(milliseconds / 1000 * time.TimestampFrequency));
        }

        var buckets = durations.BucketsOf(Flags);
        Assert.Equal(6, buckets.Sum());
        Assert.Equal(1, buckets[0]);
        Assert.Equal(1, BucketUpTo(buckets, 0.0001));
        Assert.Equal(2, BucketUpTo(buckets, 0.0003));
        Assert.Equal(1, BucketUpTo(buckets, 0.003));
        Assert.Equal(1, buckets[^1]);
        Assert.Equal(7.0036, durations.SumOf(Flags), 6);
        Assert.Equal(0, durations.BucketsOf(Identities).Sum());
    }

    [Fact]
    public void Count_AnyNumber_AllocatesNothing()
    {
        var counts = new RequestCounts();
        var durations = new RequestDurations(TimeProvider.System);
        var server = new ServerMetrics(TimeProvider.System);

        var bytes = AllocationMeter.Measure(() =>
        {
            counts.Count(Flags, 200);
            counts.Count(None, 12345);
            durations.Record(Identities, 4711);
            server.RequestsShed();
        });

        Assert.Equal(0, bytes);
        Assert.Equal(server.ShedRequests, counts.Of(Flags, 200));
        Assert.Equal("other", Assert.Single(counts.All(), static counted => counted.Endpoint.Equals(None)).Status);
    }

    private static long BucketUpTo(long[] buckets, double bound) => buckets[Array.IndexOf(DurationBuckets.Seconds, bound)];
}
