using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Evaluating;

/// <summary>The cost of 100,000 identities with an override for one of them; the ratio is the figure that counts.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class IdentityOverrideBenchmarks
{
    private EvaluationSubject _subject = null!;

    /// <summary>Makes the environment of the one, and only that.</summary>
    [GlobalSetup(Target = nameof(Uncrowded))]
    public void SetUpUncrowded() => _subject = new(Environments.Snapshot(EnvironmentShapes.Uncrowded), IdentityRequests.Overridden);

    /// <summary>Makes the environment of the other.</summary>
    [GlobalSetup(Target = nameof(Crowded))]
    public void SetUpCrowded() => _subject = new(Environments.Snapshot(EnvironmentShapes.Crowded), IdentityRequests.Overridden);

    /// <summary>The environment without its identities.</summary>
    [Benchmark(Baseline = true)]
    public void Uncrowded() => _subject.Evaluate();

    /// <summary>With them, for one of them.</summary>
    [Benchmark]
    public void Crowded() => _subject.Evaluate();
}
