using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server.WarmUp;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Server.WarmUp;

/// <summary>The limits of the warm-up.</summary>
public sealed class WarmUpLimitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly ShutdownPhase _shutdown = new();

    [Fact]
    public void IsReached_Began_False()
    {
        Assert.False(Limit(Long).IsReached(requests: 0));
    }

    [Fact]
    public void IsReached_MachineIsBusyWithOtherWork_TrueAfterFourTimesTheProcessorTime()
    {
        var limit = Limit(Long);

        _time.Advance((Long * WarmUpLimit.MaxElapsed) - TimeSpan.FromSeconds(1));
        Assert.False(limit.IsReached(requests: 0));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.IsReached(requests: 0));
    }

    [Fact]
    public async Task IsReached_ProcessorTimeUsed_True()
    {
        var limit = Limit(TimeSpan.FromMilliseconds(1));
        var number = 0L;

        await Patience.UntilAsync(
            () =>
            {
                number += Enumerable.Range(0, 100_000).Sum(static i => i % 7);
                return limit.IsReached(requests: 0);
            },
            "a millisecond of processor time");

        Assert.NotEqual(0, number);
        Assert.True(limit.IsNear);
    }

    [Fact]
    public void IsReached_ManyRequests_True()
    {
        var limit = Limit(Long);

        Assert.False(limit.IsReached(WarmUpLimit.MaxRequests - 1));
        Assert.True(limit.IsReached(WarmUpLimit.MaxRequests));
    }

    [Fact]
    public void IsReached_ShutdownRequested_True()
    {
        var limit = Limit(Long);

        _shutdown.Stop();

        Assert.True(limit.IsReached(requests: 0));
    }

    private WarmUpLimit Limit(TimeSpan budget) => new(budget, _time, _shutdown, CancellationToken.None);
}
