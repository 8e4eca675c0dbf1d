using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Reports;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The tables of the performance page: what rounds that do not agree say is not on it.</summary>
public sealed class RatioTableTests
{
    private static readonly Sample Other = Take(cpu: 10, p99: 100);

    [Fact]
    public void Add_RoundsAgree_RowWithItsQuartiles()
    {
        var table = new RatioTable();

        table.Add("GET /flags/", "wrk", 1.1, [.. Enumerable.Repeat(Take(cpu: 12, p99: 150), 5)], [.. Enumerable.Repeat(Other, 5)]);

        Assert.Contains("| GET /flags/ | wrk | 1.20 (1.20–1.20) | 12.0 / 10.0 | 1.10, missed | 1.00 (1.00–1.00) | 1.50 (1.50–1.50) |", table.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Rows_ColumnByItsNameAndNumberOfRounds()
    {
        var table = new RatioTable("protocol");

        table.Add("GET /flags/", "HTTP/2, 1 stream", 1.1, [.. Enumerable.Repeat(Other, 7)], [.. Enumerable.Repeat(Other, 7)]);

        Assert.Contains("| request | protocol | CPU a request, ratio |", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n\n7 rounds in turns", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_LatenciesDoNotAgree_CellIsEmpty()
    {
        var table = new RatioTable();

        var row = table.Add("GET /flags/", "wrk", null, [.. ((int[])[8, 60, 120, 300, 655]).Select(static p99 => Take(cpu: 12, p99))], [.. Enumerable.Repeat(Other, 5)]);

        Assert.Contains("| 1.00 (1.00–1.00) | – |", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("| 1.20 (0.60–3.00) |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ProcessorTimesDoNotAgree_RowIsLeftOutByName()
    {
        var table = new RatioTable();

        table.Add("GET /flags/", "wrk", 1.1, [.. ((int[])[6, 9, 12, 18, 24]).Select(static cpu => Take(cpu, p99: 100))], [.. Enumerable.Repeat(Other, 5)]);

        Assert.DoesNotContain("|", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("Left out, because their rounds do not agree: GET /flags/ (wrk).", table.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A turn of a second with 1,000 requests.</summary>
    /// <param name="cpu">Microseconds of processor time a request.</param>
    /// <param name="p99">The 99th percentile in microseconds.</param>
    private static Sample Take(int cpu, int p99) => new(
        new LoadResult(1000, 0, TimeSpan.FromSeconds(1), TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(p99), TimeSpan.FromMicroseconds(900)),
        TimeSpan.FromMilliseconds(cpu));
}
