using BenchmarkDotNet.Attributes;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>The cost of counting and timing requests, in memory.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class RecordBenchmarks
{
    private readonly ServedRequest _request = new(EnvironmentShapes.Plain, "POST", "/api/v1/identities/", body: IdentityRequests.Plain);

    /// <summary>An identity with four traits, 50 features, neither counted nor timed.</summary>
    [Benchmark(Baseline = true)]
    public Task Unrecorded() => _request.AnswerUnrecorded();

    /// <summary>The same, counted and timed.</summary>
    [Benchmark]
    public Task Recorded() => _request.Answer();

    /// <summary>Only counted and timed.</summary>
    [Benchmark]
    public void Record() => _request.Record();
}
