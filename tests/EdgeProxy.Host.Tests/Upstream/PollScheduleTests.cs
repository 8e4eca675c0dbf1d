using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream;

public sealed class PollScheduleTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, true, 0.0, 9)]
    [InlineData(0, true, 0.5, 10)]
    [InlineData(0, true, 1.0, 11)]
    [InlineData(1, true, 1.0, 10)]
    [InlineData(2, true, 1.0, 20)]
    [InlineData(3, true, 1.0, 30)]
    [InlineData(1000, true, 1.0, 30)]
    [InlineData(1000, true, 0.0, 15)]
    [InlineData(1, false, 1.0, 0.5)]
    [InlineData(2, false, 1.0, 1)]
    [InlineData(3, false, 0.0, 1)]
    [InlineData(1000, false, 1.0, 10)]
    public void Next_AfterFailures_LaterUpToACap(int failures, bool isLoaded, double random, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollSchedule.Next(Ten, failures, isLoaded, askedFor: null, random));
    }

    [Fact]
    public void Next_IntervalLongerThanTheCap_NeverShortened()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), PollSchedule.Next(TimeSpan.FromMinutes(5), failures: 9, isLoaded: true, askedFor: null, random: 1));
    }

    [Theory]
    [InlineData(7, 1, true, 1.0, 10)] // later anyway
    [InlineData(7, 1, true, 0.0, 7)]
    [InlineData(20, 1, true, 0.0, 20)]
    [InlineData(20, 1, true, 1.0, 22)] // a fleet spreads
    [InlineData(20, 1, false, 0.0, 20)] // even if nothing is loaded
    [InlineData(60, 9, true, 0.0, 60)]
    [InlineData(61, 1, true, 0.0, 60)] // no longer than a minute
    [InlineData(1e9, 1, true, 1.0, 66)]
    [InlineData(0, 1, true, 1.0, 10)]
    [InlineData(-1e9, 1, true, 1.0, 10)]
    [InlineData(20, 0, true, 0.5, 10)] // asked before a success
    public void Next_UpstreamAskedToWait_NotBeforeAndAtMostAMinute(double askedFor, int failures, bool isLoaded, double random, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollSchedule.Next(Ten, failures, isLoaded, TimeSpan.FromSeconds(askedFor), random));
    }

    [Fact]
    public void Next_AskedForTheLongestAndShortestThereIs_WithinAMinute()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), PollSchedule.Next(Ten, 1, isLoaded: true, TimeSpan.MaxValue, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(5), PollSchedule.Next(Ten, 1, isLoaded: true, TimeSpan.MinValue, random: 0));
    }
}
