using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.Tooling.Tests.LoadTests.Verdicts;

public sealed class PlanVerdictTests
{
    private static readonly LoadPlan Plan = LoadPlans.Make("mix", 100, TimeSpan.FromSeconds(20)); // 2,000 requests
    private static readonly PassMarks Marks = new() { MaxFailedPercent = 0.1, MaxPercentile99 = TimeSpan.FromMilliseconds(50) };

    [Theory]
    [InlineData(2000, 0, 12.5, "pass mix, Flags: 0 of 2,000 failed (0 %), p99 12.5 ms")]
    [InlineData(1998, 2, 50, "pass mix, Flags: 2 of 2,000 failed (0.1 %), p99 50 ms")]
    [InlineData(1997, 3, 50, "FAIL mix, Flags: 3 of 2,000 failed (0.15 %), p99 50 ms: at most 0.1 % may fail")]
    [InlineData(2000, 0, 50.25, "FAIL mix, Flags: 0 of 2,000 failed (0 %), p99 50.25 ms: p99 may be 50 ms")]
    [InlineData(0, 2000, 0, "FAIL mix, Flags: 2,000 of 2,000 failed (100 %), p99 0 ms: at most 0.1 % may fail")]
    [InlineData(1000, 1000, 51, "FAIL mix, Flags: 1,000 of 2,000 failed (50 %), p99 51 ms: at most 0.1 % may fail, p99 may be 50 ms")]
    public void Figures_AroundThePassMarks_AreJudgedInWords(int succeeded, int failed, double milliseconds, string line)
    {
        var verdict = PlanVerdict.Of(Plan, [Figures(RequestKind.Flags, succeeded, failed, milliseconds)], Marks);

        Assert.Equal([line], verdict.Lines);
        Assert.Equal(line.StartsWith("pass", StringComparison.Ordinal), verdict.Passed);
    }

    [Fact]
    public void Kinds_OneOfThemTooSlow_FailsThePlan()
    {
        var verdict = PlanVerdict.Of(Plan, [Figures(RequestKind.Document, 20, 0, 60), Figures(RequestKind.Flags, 1980, 0, 5)], Marks);

        Assert.False(verdict.Passed);
        Assert.Equal(["FAIL", "pass"], verdict.Lines.Select(static line => line[..4]));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(999, false)]
    [InlineData(1, false)]
    public void Load_LessThanHalfOfWhatWasAsked_ProvesNothing(int arrived, bool passed) =>
        Assert.Equal(passed, PlanVerdict.Of(Plan, [Figures(RequestKind.Flags, arrived, 0, 5)], Marks).Passed);

    [Fact]
    public void Load_None_ProvesNothing()
    {
        var verdict = PlanVerdict.Of(Plan, [], Marks);

        Assert.False(verdict.Passed);
        Assert.Equal(["FAIL mix: 0 requests of about 2,000 were made: the load was not there"], verdict.Lines);
    }

    private static RequestFigures Figures(RequestKind kind, int succeeded, int failed, double milliseconds) =>
        new(kind, succeeded, failed, TimeSpan.FromMilliseconds(milliseconds));
}
