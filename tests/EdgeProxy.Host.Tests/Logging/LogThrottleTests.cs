using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Logging;

public sealed class LogThrottleTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void IsDue_WhileItLasts_AtOnceAndThenOnceAMinute()
    {
        var pace = new LogThrottle(_time);
        var said = 0;
        for (var second = 0; second < 180; second++)
        {
            said += pace.ShouldLog() ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, said);
    }

    [Fact]
    public void IsDue_OverAndThenAgain_AtOnce()
    {
        var pace = new LogThrottle(_time);
        Assert.True(pace.ShouldLog());
        Assert.False(pace.ShouldLog());

        pace.Reset();

        Assert.True(pace.ShouldLog());
    }

    [Fact]
    public void IsDue_TheClockOnTheWallIsSet_OnlyTimeThatPassedCounts()
    {
        var pace = new LogThrottle(_time);
        Assert.True(pace.ShouldLog());

        _time.SetUtcNow(_time.GetUtcNow().AddDays(1));

        Assert.False(pace.ShouldLog());
    }

    [Fact]
    public async Task IsDue_AskedByManyAtOnce_OneIsTold()
    {
        var pace = new LogThrottle(_time);

        var told = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(pace.ShouldLog)));

        Assert.Single(told, static due => due);
    }
}
