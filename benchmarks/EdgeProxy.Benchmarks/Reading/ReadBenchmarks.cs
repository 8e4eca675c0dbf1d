using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Reading;

/// <summary>The body of a request for an identity into a pooled request.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class ReadBenchmarks
{
    private readonly RequestSubject _plain = new(Environments.Snapshot(EnvironmentShapes.Plain), IdentityRequests.Plain);
    private readonly RequestSubject _heavyMatching = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyMatching);

    /// <summary>4 traits, which no condition looks at.</summary>
    [Benchmark(Baseline = true)]
    public void Plain() => _plain.Read();

    /// <summary>14 traits, all of them looked at.</summary>
    [Benchmark]
    public void HeavyMatching() => _heavyMatching.Read();
}
