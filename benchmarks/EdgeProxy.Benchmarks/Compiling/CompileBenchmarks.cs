using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Compiling;

/// <summary>A document into a snapshot, as after each change.</summary>
public class CompileBenchmarks
{
    private readonly byte[] _small = Environments.Document(EnvironmentShapes.Small);
    private readonly byte[] _plain = Environments.Document(EnvironmentShapes.Plain);
    private readonly byte[] _heavy = Environments.Document(EnvironmentShapes.Heavy);
    private readonly byte[] _large = Environments.Document(EnvironmentShapes.Large);

    /// <summary>5 features.</summary>
    [Benchmark]
    public object Small() => EnvironmentCompiler.Compile(_small);

    /// <summary>50 features.</summary>
    [Benchmark(Baseline = true)]
    public object Plain() => EnvironmentCompiler.Compile(_plain);

    /// <summary>50 features, 15 segments, 750 overrides.</summary>
    [Benchmark]
    public object Heavy() => EnvironmentCompiler.Compile(_heavy);

    /// <summary>The same and 10,000 identities with an override.</summary>
    [Benchmark]
    public object Large() => EnvironmentCompiler.Compile(_large);
}
