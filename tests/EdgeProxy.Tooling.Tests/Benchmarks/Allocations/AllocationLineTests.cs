using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Allocations;

public sealed class AllocationLineTests
{
    [Theory]
    [InlineData("Some.Benchmark 0", 0, 0.0)]
    [InlineData("Some.Benchmark          123", 123, 0.0)]
    [InlineData("Some.Benchmark 123 ±2%", 123, 2.0)]
    [InlineData("Some.Benchmark 123 ±0.5%", 123, 0.5)]
    public void Parse_Line_ItsParts(string text, long bytes, double percent) =>
        Assert.Equal(new AllocationLine("Some.Benchmark", bytes, (decimal)percent), AllocationLine.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Some.Benchmark")]
    [InlineData("Some.Benchmark many")]
    [InlineData("Some.Benchmark -1")]
    [InlineData("Some.Benchmark 1.5")]
    [InlineData("Some.Benchmark 1 2%")]
    [InlineData("Some.Benchmark 1 ±2")]
    [InlineData("Some.Benchmark 1 ±%")]
    [InlineData("Some.Benchmark 1 ±")]
    [InlineData("Some.Benchmark 1 ±-2%")]
    [InlineData("Some.Benchmark 1 ±2% more")]
    public void Parse_AnythingElse_Refused(string text) => Assert.Throws<FormatException>(() => AllocationLine.Parse(text));

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    [InlineData(0.25)]
    public void ToString_Parsed_TheSame(double percent)
    {
        var line = new AllocationLine("Some.Benchmark(WITH_A_PARAMETER)", 1234567, (decimal)percent);

        Assert.Equal(line, AllocationLine.Parse(line.ToString()));
    }

    [Theory]
    [InlineData(1000, 0.0, 1000, true)]
    [InlineData(1000, 0.0, 1001, false)]
    [InlineData(1000, 0.0, 999, false)]
    [InlineData(0, 0.0, 1, false)]
    [InlineData(0, 50.0, 1, false)]
    [InlineData(1000, 2.0, 1020, true)]
    [InlineData(1000, 2.0, 980, true)]
    [InlineData(1000, 2.0, 1021, false)]
    [InlineData(1000, 2.0, 979, false)]
    public void Covers_Bytes_WithinTheTolerance(long expected, double percent, long bytes, bool covered) =>
        Assert.Equal(covered, new AllocationLine("Some.Benchmark", expected, (decimal)percent).Covers(bytes));
}
