using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;

namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>The benchmarks of this program, as BenchmarkDotNet sees them.</summary>
internal static class BenchmarkCatalog
{
    /// <summary>All that are not slow, one for each value of their parameters.</summary>
    public static IEnumerable<BenchmarkCase> Cases() =>
        from type in typeof(BenchmarkCatalog).Assembly.GetTypes()
        where type.GetMethods().Any(static method => method.GetCustomAttribute<BenchmarkAttribute>() is not null)
        from benchmark in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases
        where !benchmark.Descriptor.HasCategory(Categories.Slow)
        orderby NameOf(benchmark)
        select benchmark;

    /// <summary>A name for the table: class, method, and the values of parameters; nothing with a space in it.</summary>
    public static string NameOf(BenchmarkCase benchmark)
    {
        var name = $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}";
        var parameters = benchmark.Parameters.Items;
        return parameters.Count == 0 ? name : $"{name}({string.Join(',', parameters.Select(static parameter => parameter.Value))})";
    }
}
