using EdgeProxy.Benchmarks.Operators;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Operators;

public sealed class OperatorCasesTests
{
    [Fact]
    public void All_EveryOperatorOnce() =>
        Assert.Equal(
            typeof(ConditionOperators).GetFields().Select(static field => (string)field.GetRawConstantValue()!),
            OperatorCases.All.Select(static operatorCase => operatorCase.Operator));

    [Fact]
    public void All_Evaluated_TheConditionIsMet() =>
        Assert.All(OperatorCases.All, static operatorCase =>
        {
            var subject = operatorCase.ToSubject();
            subject.Evaluate();
            Assert.Contains($"\"{OperatorCase.Overridden}\"", subject.Flags(), StringComparison.Ordinal);
        });
}
