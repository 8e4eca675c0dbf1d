using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Reports;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The table of mechanisms: a mechanism is worth something only if the middle half of the rounds excludes 1.</summary>
public sealed class MechanismTableTests
{
    private static readonly Sample[] Complete = [.. Enumerable.Repeat(Take(cpu: 10, p99: 1000), 5)];

    [Fact]
    public void Add_RoundsAgree_RatiosWithTheirQuartiles()
    {
        var table = new MechanismTable();

        table.Add("inline completion", "saturated", hasProcessorTime: true, Complete, [.. Enumerable.Repeat(Take(cpu: 15, p99: 2000), 5)]);

        Assert.Contains("| inline completion | saturated | 2.00 (2.00–2.00) | 2.00 / 1.00 | 1.50 (1.50–1.50) | worse |", table.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 4000, 6000, 9000, 15000, 30000 }, "at least 6.0", "worse")]
    [InlineData(new[] { 100, 200, 400, 700, 3000 }, "at most 0.70", "better")]
    [InlineData(new[] { 500, 800, 1100, 2000, 3000 }, "–", "no difference found")]
    public void Add_RoundsAreFarApart_TheNearerQuartileOrNothing(int[] p99, string ratio, string verdict)
    {
        var table = new MechanismTable();

        table.Add("fair turns", "beside", hasProcessorTime: false, Complete, [.. p99.Select(static time => Take(cpu: 10, time))]);

        Assert.Contains($"| fair turns | beside | {ratio} |", table.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($" |  | {verdict} |", table.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FourRounds_NoVerdictButAllFiguresInTheRowThatIsPrinted()
    {
        var table = new MechanismTable();

        var row = table.Add("fair turns", "beside", hasProcessorTime: false, Complete[..4], [.. Enumerable.Repeat(Take(cpu: 10, p99: 5000), 4)]);

        Assert.Contains("| fair turns | beside | – | 5.00 / 1.00 |  | no difference found |", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("| 5.00 (5.00–5.00) |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_LaterAnswersForLessProcessorTime_BothAreSaid()
    {
        var table = new MechanismTable();

        table.Add("inline completion", "saturated", hasProcessorTime: true, Complete, [.. Enumerable.Repeat(Take(cpu: 8, p99: 3000), 5)]);

        Assert.Contains("| 0.80 (0.80–0.80) | worse in one, better in the other |", table.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A turn of a second with 1,000 requests.</summary>
    /// <param name="cpu">Microseconds of processor time a request.</param>
    /// <param name="p99">The 99th percentile in microseconds.</param>
    private static Sample Take(int cpu, int p99) => new(
        new LoadResult(1000, 0, TimeSpan.FromSeconds(1), TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(p99), TimeSpan.FromMicroseconds(9000)),
        TimeSpan.FromMilliseconds(cpu));
}
