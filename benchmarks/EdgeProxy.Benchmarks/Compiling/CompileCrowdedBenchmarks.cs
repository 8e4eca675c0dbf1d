using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Compiling;

/// <summary>The largest document, of some 50 MB: a few runs say enough.</summary>
[BenchmarkCategory(Categories.Slow)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class CompileCrowdedBenchmarks
{
    private readonly byte[] _crowded = Environments.Document(EnvironmentShapes.Crowded);

    /// <summary>100,000 identities with an override.</summary>
    [Benchmark]
    public object Crowded() => EnvironmentCompiler.Compile(_crowded);
}
