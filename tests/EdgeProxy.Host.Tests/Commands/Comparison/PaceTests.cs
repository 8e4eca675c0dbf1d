using EdgeProxy.Host.Commands.Comparison;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>Requests come at even intervals, and lost time is not made up for.</summary>
public sealed class PaceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Wait_InARow_OneInterval()
    {
        var pace = new Pace(2, _time);

        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompletedSuccessfully);
        var second = pace.WaitAsync(CancellationToken.None);
        var third = pace.WaitAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await second;
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await third;
    }

    [Fact]
    public void Wait_AfterAPause_NoBurst()
    {
        var pace = new Pace(2, _time);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted);
        Assert.False(pace.WaitAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Pause_NobodyBefore()
    {
        var pace = new Pace(1000, _time);
        pace.Pause(TimeSpan.FromSeconds(3));

        var next = pace.WaitAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await next;
    }
}
