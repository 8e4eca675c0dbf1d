using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Evaluating;

/// <summary>
/// Features that depend on others, as the dashboard of Flagsmith writes prerequisites, against the same features with a
/// condition on a trait instead; the ratio is the figure that counts.
/// </summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class DependencyBenchmarks
{
    private EvaluationSubject _subject = null!;

    /// <summary>The number of features that have a prerequisite.</summary>
    [Params(10, 100)]
    public int Dependents { get; set; }

    /// <summary>Makes the environment without dependencies.</summary>
    [GlobalSetup(Target = nameof(None))]
    public void SetUpNone() => SetUp(DependencyKind.None);

    /// <summary>Makes the environment in which each dependent has a prerequisite of its own.</summary>
    [GlobalSetup(Target = nameof(Separate))]
    public void SetUpSeparate() => SetUp(DependencyKind.Separate);

    /// <summary>Makes the environment in which each dependent is the prerequisite of the next.</summary>
    [GlobalSetup(Target = nameof(Chain))]
    public void SetUpChain() => SetUp(DependencyKind.Chain);

    /// <summary>Makes the environment in which the chain is closed to a cycle.</summary>
    [GlobalSetup(Target = nameof(Cycle))]
    public void SetUpCycle() => SetUp(DependencyKind.Cycle);

    /// <summary>Conditions on a trait.</summary>
    [Benchmark(Baseline = true)]
    public void None() => _subject.Evaluate();

    /// <summary>Prerequisites that depend on nothing.</summary>
    [Benchmark]
    public void Separate() => _subject.Evaluate();

    /// <summary>One chain of dependencies.</summary>
    [Benchmark]
    public void Chain() => _subject.Evaluate();

    /// <summary>One cycle of dependencies, which every evaluation meets.</summary>
    [Benchmark]
    public void Cycle() => _subject.Evaluate();

    private void SetUp(DependencyKind kind) => _subject = new(DependencyModels.Snapshot(kind, Dependents), IdentityRequests.Plain);
}
