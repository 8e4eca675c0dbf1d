using EdgeProxy.LoadTests.Model.Shapes;

namespace EdgeProxy.Tooling.Tests.LoadTests.Shapes;

public sealed class LoadShapeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Constant_Rate_IsKept()
    {
        var shape = LoadShape.Constant(100, Minute);

        Assert.Equal([new ConstantPhase(100, Minute)], shape.Phases);
        Assert.Equal(6000, shape.Requests);
    }

    [Fact]
    public void Ramp_Rate_IsReachedHeldAndLeft()
    {
        var shape = LoadShape.Ramp(100, Minute);

        Assert.Equal([new RampPhase(100, Seconds(30)), new ConstantPhase(100, Seconds(18)), new RampPhase(10, Seconds(12))], shape.Phases);
        Assert.Equal(1500 + 1800 + 660, shape.Requests);
    }

    [Fact]
    public void Soak_Rate_IsReachedAndVariesByAFifth()
    {
        var shape = LoadShape.Soak(100, Minute);

        Assert.Equal([new RampPhase(100, Seconds(3)), new RandomPhase(80, 120, Seconds(57))], shape.Phases);
        Assert.Equal(150 + 5700, shape.Requests);
    }

    [Fact]
    public void Spike_Rate_IsFivefoldAtOnceThenNothingThenBack()
    {
        var shape = LoadShape.Spike(100, Minute);

        Assert.Equal(
            [new ConstantPhase(100, Seconds(18)), new ConstantPhase(500, Seconds(12)), new QuietPhase(Seconds(6)), new ConstantPhase(100, Seconds(24))],
            shape.Phases);
        Assert.Equal(1800 + 6000 + 2400, shape.Requests);
    }

    public static TheoryData<string, int, int> PlansAndTimes
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var name in LoadPlans.Names)
            {
                data.Add(name, 1, 10);
                data.Add(name, 333, 61);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PlansAndTimes))]
    public void Plan_Any_TakesTheTimeInWholeSecondsAtRatesOfAtLeastOne(string name, int rate, int seconds)
    {
        var plan = LoadPlans.Make(name, rate, Seconds(seconds));

        Assert.Equal(name, plan.Name);
        Assert.Equal(Seconds(seconds), plan.Shape.Duration);
        Assert.All(plan.Shape.Phases, static phase =>
        {
            Assert.True(phase.Duration >= Seconds(1) && phase.Duration.Ticks % TimeSpan.TicksPerSecond == 0, $"{phase}");
            Assert.True(phase is QuietPhase || phase.EndRate >= 1, $"{phase}");
            Assert.True(phase is not RandomPhase { Min: < 1 }, $"{phase}");
        });
        Assert.True(plan.Shape.Requests > 0);
    }

    [Fact]
    public void Forms_Short_IsAPartOfLongThatTakesAMinuteOrTwo()
    {
        var names = LoadPlans.NamesOf(LoadForm.Short);

        Assert.Subset(LoadPlans.NamesOf(LoadForm.Long).ToHashSet(), names.ToHashSet());
        Assert.InRange(LoadPlans.DurationOf(LoadForm.Short) * names.Count, Minute, 2 * Minute);
        Assert.Equal(LoadPlans.Names, LoadPlans.NamesOf(LoadForm.Long));
    }

    [Fact]
    public void Make_UnknownName_Refused() => Assert.Throws<ArgumentOutOfRangeException>(static () => LoadPlans.Make("stroll", 1, Minute));

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
