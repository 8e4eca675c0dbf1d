using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Upstream.Streams;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>docs/spec/realtime.md 7.4: the pauses.</summary>
public sealed class StreamBackoffTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 8)]
    [InlineData(4, 0.25, 2)]
    [InlineData(7, 1, 60)]
    [InlineData(int.MaxValue, 1, 60)]
    [InlineData(3, 0, 0.1)]
    public void Next_ProperEnd_ByNumberOfUselessStreams(int failures, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), StreamBackoff.Next(new UpstreamStreamEnd(UpstreamStreamEndCause.Ended, null), failures, random));

    [Theory]
    [InlineData(UpstreamStreamEndCause.Failed)]
    [InlineData(UpstreamStreamEndCause.Silent)]
    [InlineData(UpstreamStreamEndCause.TooLong)]
    [InlineData(UpstreamStreamEndCause.NoStream)]
    [InlineData(UpstreamStreamEndCause.Status)]
    internal void Next_Failure_DoubledEachTimeFromWhatTheServerAsks(UpstreamStreamEndCause cause)
    {
        var end = new UpstreamStreamEnd(cause, "");
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(failures => StreamBackoff.Next(end, failures, 1)!.Value.TotalSeconds));
        Assert.Equal(4, StreamBackoff.Next(end, 4, 0.5)!.Value.TotalSeconds);
        Assert.Equal(7.5, StreamBackoff.Next(end with { Retry = TimeSpan.FromSeconds(15) }, 1, 0.5)!.Value.TotalSeconds);
        Assert.Equal(60, StreamBackoff.Next(end with { Retry = TimeSpan.FromSeconds(15) }, 3, 1)!.Value.TotalSeconds);
        Assert.Equal(0.1, StreamBackoff.Next(end with { Retry = TimeSpan.Zero }, 1, 1)!.Value.TotalSeconds);
        Assert.Equal(60, StreamBackoff.Next(end with { Retry = TimeSpan.FromDays(3) }, 1, 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void Next_RetryAfter_NotBeforeAndAtMostAMinute()
    {
        var end = new UpstreamStreamEnd(UpstreamStreamEndCause.Status, "") { RetryAfter = TimeSpan.FromSeconds(10) };
        Assert.Equal(10, StreamBackoff.Next(end, 1, 0)!.Value.TotalSeconds);
        Assert.Equal(10.5, StreamBackoff.Next(end, 1, 0.5)!.Value.TotalSeconds);
        Assert.Equal(60, StreamBackoff.Next(end with { RetryAfter = TimeSpan.FromDays(1) }, 1, 0)!.Value.TotalSeconds);
        Assert.Equal(32, StreamBackoff.Next(end, 6, 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void Next_RefusedOrDismissed_FiveMinutesOrNotByTime()
    {
        Assert.Equal(300, StreamBackoff.Next(new UpstreamStreamEnd(UpstreamStreamEndCause.Refused, ""), 1, 0)!.Value.TotalSeconds);
        Assert.Equal(330, StreamBackoff.Next(new UpstreamStreamEnd(UpstreamStreamEndCause.Refused, ""), 9, 1)!.Value.TotalSeconds);
        Assert.Null(StreamBackoff.Next(new UpstreamStreamEnd(UpstreamStreamEndCause.Dismissed, ""), 1, 1));
    }
}
