using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Writing;

/// <summary>The answer to an evaluated request into a buffer.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class WriteBenchmarks
{
    private readonly RequestSubject _plain = new(Environments.Snapshot(EnvironmentShapes.Plain), IdentityRequests.Plain);
    private readonly RequestSubject _heavyMatching = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyMatching);

    /// <summary>50 flags, all defaults.</summary>
    [Benchmark(Baseline = true)]
    public int Plain() => _plain.Write();

    /// <summary>50 flags, all overridden.</summary>
    [Benchmark]
    public int HeavyMatching() => _heavyMatching.Write();
}
