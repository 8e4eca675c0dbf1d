using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using Perfolizer.Metrology;

namespace EdgeProxy.Benchmarks;

/// <summary>The settings of BenchmarkDotNet.</summary>
internal static class BenchmarkSettings
{
    /// <summary>Allocations always, in bytes; no columns that nobody looks at.</summary>
    public static IConfig Create() =>
        DefaultConfig.Instance
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithSummaryStyle(SummaryStyle.Default.WithSizeUnit(SizeUnit.B).WithMaxParameterColumnWidth(30))
            .HideColumns(Column.Error, Column.Median, Column.RatioSD, Column.AllocRatio);
}
