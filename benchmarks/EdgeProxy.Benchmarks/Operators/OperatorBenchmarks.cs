using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;

namespace EdgeProxy.Benchmarks.Operators;

/// <summary>Each operator of conditions: one feature, one segment that overrides it, one condition, which is met.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class OperatorBenchmarks
{
    private EvaluationSubject _subject = null!;

    /// <summary>All operators.</summary>
    public static IEnumerable<string> Operators => OperatorCases.All.Select(static operatorCase => operatorCase.Operator);

    /// <summary>The operator in question.</summary>
    [ParamsSource(nameof(Operators))]
    public string Operator { get; set; } = "";

    /// <summary>Makes the environment and somebody who meets its condition.</summary>
    [GlobalSetup]
    public void SetUp() => _subject = OperatorCases.All.Single(operatorCase => operatorCase.Operator == Operator).ToSubject();

    /// <summary>One evaluation.</summary>
    [Benchmark]
    public void Evaluate() => _subject.Evaluate();
}
