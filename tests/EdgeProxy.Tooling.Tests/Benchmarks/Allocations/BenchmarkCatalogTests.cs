using EdgeProxy.Benchmarks;
using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Allocations;

public sealed class BenchmarkCatalogTests
{
    [Fact]
    public void Cases_Names_OrderedAndWithoutSpaces()
    {
        string[] names = [.. BenchmarkCatalog.Cases().Select(BenchmarkCatalog.NameOf)];

        Assert.Contains("EvaluateBenchmarks.HeavyMatching", names);
        Assert.Contains("OperatorBenchmarks.Evaluate(PERCENTAGE_SPLIT)", names);
        Assert.DoesNotContain("CompileCrowdedBenchmarks.Crowded", names);
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        Assert.All(names, static name => Assert.DoesNotContain(' ', name));
    }

    [Fact]
    public void Cases_NotAboutCompiling_MustNotAllocate() =>
        Assert.All(
            BenchmarkCatalog.Cases().Where(static benchmark => benchmark.Descriptor.Type.Namespace != "EdgeProxy.Benchmarks.Compiling"),
            static benchmark => Assert.True(benchmark.Descriptor.HasCategory(Categories.NoAllocations), BenchmarkCatalog.NameOf(benchmark)));
}
