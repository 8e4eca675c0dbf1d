using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Evaluating;

/// <summary>One identity, its traits into slots included: every feature decided.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class EvaluateBenchmarks
{
    private readonly EvaluationSubject _small = new(Environments.Snapshot(EnvironmentShapes.Small), IdentityRequests.Plain);
    private readonly EvaluationSubject _plain = new(Environments.Snapshot(EnvironmentShapes.Plain), IdentityRequests.Plain);
    private readonly EvaluationSubject _heavyMatching = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyMatching);
    private readonly EvaluationSubject _heavyFailing = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyFailing);
    private readonly EvaluationSubject _heavyMissing = new(Environments.Snapshot(EnvironmentShapes.Heavy), IdentityRequests.HeavyMissing);

    /// <summary>5 features.</summary>
    [Benchmark]
    public void Small() => _small.Evaluate();

    /// <summary>50 features.</summary>
    [Benchmark(Baseline = true)]
    public void Plain() => _plain.Evaluate();

    /// <summary>15 segments, the strongest of which matches.</summary>
    [Benchmark]
    public void HeavyMatching() => _heavyMatching.Evaluate();

    /// <summary>15 segments, each failed at the last of its conditions.</summary>
    [Benchmark]
    public void HeavyFailing() => _heavyFailing.Evaluate();

    /// <summary>15 segments, none of whose traits the identity has.</summary>
    [Benchmark]
    public void HeavyMissing() => _heavyMissing.Evaluate();
}
