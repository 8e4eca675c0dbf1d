using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

public sealed class LogPaceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void IsDue_WhileItLasts_AtOnceAndThenOnceAMinute()
    {
        var pace = new LogPace(_time);
        var said = 0;
        for (var second = 0; second < 180; second++)
        {
            said += pace.IsDue() ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, said);
    }

    [Fact]
    public void IsDue_OverAndThenAgain_AtOnce()
    {
        var pace = new LogPace(_time);
        Assert.True(pace.IsDue());
        Assert.False(pace.IsDue());

        pace.Reset();

        Assert.True(pace.IsDue());
    }

    [Fact]
    public void IsDue_TheClockOnTheWallIsSet_OnlyTimeThatPassedCounts()
    {
        var pace = new LogPace(_time);
        Assert.True(pace.IsDue());

        _time.SetUtcNow(_time.GetUtcNow().AddDays(1));

        Assert.False(pace.IsDue());
    }

    [Fact]
    public async Task IsDue_AskedByManyAtOnce_OneIsTold()
    {
        var pace = new LogPace(_time);

        var told = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(pace.IsDue)));

        Assert.Single(told, static due => due);
    }
}
