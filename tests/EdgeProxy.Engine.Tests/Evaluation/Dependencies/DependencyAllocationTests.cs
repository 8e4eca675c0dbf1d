using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

public sealed class DependencyAllocationTests
{
    [AllocationTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_Dependencies_NotOneByte(bool isCyclic)
    {
        const int Count = 40;
        FeatureState[] features =
        [
            .. Enumerable.Range(0, Count).Select(static i => On($"f{i}", "a text that is no number") with
            {
                Variants = [new Variant { Key = "red", Value = "red", Weight = 50 }],
            }),
        ];
        var snapshot = Compile(EnvironmentOf(
            features,
            [
                .. Enumerable.Range(0, Count - 1).Select(static i => Segment($"s{i}", Any(Condition($"$.flags.f{i + 1}.variant", Equal, "red"), Condition($"$.flags.f{i + 1}.value", Contains, "num")), Off($"f{i}"))),
                .. isCyclic ? [Segment("closes", All(IsOn("f0")), Off($"f{Count - 1}"))] : Array.Empty<Segment>(),
            ]));
        var frame = new EvaluationFrame();
        var answer = new byte[64 * 1024];

        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            frame.Begin(snapshot);
            frame.SetIdentity("some identity"u8);
            frame.Evaluate();
            Assert.True(frame.WriteFlags(FlagAudience.Client, answer) > 0);
        }));
    }
}
