using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The table of one core and two: what a second of processor time answers, and what counters rise by.</summary>
public sealed class ScalingTableTests
{
    private static readonly string[] Columns = ["one", "two"];
    private static readonly string Table = ScalingTable.Render("GET /flags/", Columns, [Rounds(cpu: 20, contentions: 0), Rounds(cpu: 25, contentions: 3)]);

    [Theory]
    [InlineData("| GET /flags/ | one | two |")]
    [InlineData("| --- | --- | --- |")]
    [InlineData("| requests a second of processor time, ratio to the column before |  | 0.80 (0.80–0.80) |")]
    [InlineData("| requests a second | 2,000 | 2,000 |")]
    [InlineData("| cores that the proxy kept busy | 0.04 | 0.05 |")]
    [InlineData("| threads waited for a core, µs a request | 2.00 | 2.00 |")]
    [InlineData("| switches because a thread waited (voluntary), per 1,000 requests | 500.0 | 500.0 |")]
    [InlineData("| switches because another thread ran (involuntary), per 1,000 requests | 20.0 | 20.0 |")]
    [InlineData("| contended locks, per million requests | 0.0 | 3000.0 |")]
    [InlineData("| page faults, per 1,000 requests | 7.0 | 7.0 |")]
    [InlineData("| pause of garbage collections, ms a second | 10.00 | 10.00 |")]
    public void Render_Turns_HasTheRow(string row) => Assert.Contains($"{row}\n", Table, StringComparison.Ordinal);

    [Fact]
    public void Render_RoundsDoNotAgree_RatioIsLeftOut()
    {
        CountedTurn[] scattered = [.. ((int[])[10, 20, 30, 60, 90]).Select(static cpu => Turn(cpu, contentions: 0))];

        Assert.Contains("ratio to the column before |  | – |", ScalingTable.Render("x", Columns, [Rounds(cpu: 20, contentions: 0), scattered]), StringComparison.Ordinal);
    }

    private static CountedTurn[] Rounds(int cpu, int contentions) => [.. Enumerable.Repeat(Turn(cpu, contentions), 5)];

    /// <summary>Half a second with 1,000 requests.</summary>
    /// <param name="cpu">Microseconds of processor time a request.</param>
    /// <param name="contentions">How often a lock was taken.</param>
    private static CountedTurn Turn(int cpu, int contentions) => new(
        new Sample(new LoadResult(1000, 0, TimeSpan.FromSeconds(0.5), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.FromMilliseconds(cpu)),
        new ServerCounters(100, 10, 5, TimeSpan.FromMilliseconds(1), 2, 0, 0, 0.1),
        new ServerCounters(600, 30, 12, TimeSpan.FromMilliseconds(3), 2 + contentions, 0, 0, 0.105));
}
