using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Answering;

/// <summary>A whole request for an identity, from body to body: read, evaluate, write.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class AnswerBenchmarks
{
    private readonly RequestSubject _plain = new(Environments.Snapshot(EnvironmentShapes.Plain), IdentityRequests.Plain);
    private readonly RequestSubject _heavyMatching = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyMatching);

    /// <summary>50 features and nothing else.</summary>
    [Benchmark(Baseline = true)]
    public int Plain() => Answer(_plain);

    /// <summary>15 segments, the strongest of which overrides every feature.</summary>
    [Benchmark]
    public int HeavyMatching() => Answer(_heavyMatching);

    private static int Answer(RequestSubject request)
    {
        request.Read();
        request.Evaluate();
        return request.Write();
    }
}
