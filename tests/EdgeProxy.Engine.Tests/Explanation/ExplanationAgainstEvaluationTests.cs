using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Explanation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Explanation;

/// <summary>
/// Explanations against compiled evaluation, over the random environments that the compiled evaluation is checked with: what
/// is explained has to be what is served.
/// </summary>
public sealed class ExplanationAgainstEvaluationTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Explain_AnyCase_GivesTheFlagsOfTheEvaluation() => EvaluationCheck.Run(Cases, Check);

    [Fact]
    public void Explain_AnyCaseWithDependencies_GivesTheFlagsOfTheEvaluation() => EvaluationCheck.RunWithDependencies(Cases, Check);

    [Fact]
    public void Explain_AnyCaseCompletely_GivesTheFlagsOfTheEvaluation()
    {
        EvaluationCheck.Run(Cases / 4, CheckCompletely, seed: 17);
        EvaluationCheck.RunWithDependencies(Cases / 4, CheckCompletely, seed: 17);
    }

    private static void Check(EnvironmentModel model, Identity? identity) => Check(model, identity, isComplete: false);

    private static void CheckCompletely(EnvironmentModel model, Identity? identity) => Check(model, identity, isComplete: true);

    private static void Check(EnvironmentModel model, Identity? identity, bool isComplete)
    {
        var expected = EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity);

        var explanation = EnvironmentExplainer.Create(model).Explain(identity, isComplete: isComplete);

        Assert.Equal(
            expected.Flags.Values.Select(static flag => (flag.Name, flag.FeatureId, flag.Enabled, flag.Value, flag.Variant, flag.Reason)),
            explanation.Flags.Select(static item => (item.Flag.Name, item.Flag.FeatureId, item.Flag.Enabled, item.Flag.Value, item.Flag.Variant, item.Flag.Reason)));
        Assert.All(explanation.Flags, item => CheckTree(item, isComplete));
    }

    /// <summary>The tree has to agree with the result: what decided is in it, and nothing stronger matched.</summary>
    private static void CheckTree(FlagExplanation item, bool isComplete)
    {
        Assert.NotEmpty(item.Summary);
        var applied = item.Overrides.Where(static candidate => candidate.Standing == OverrideStanding.Applied).ToList();
        Assert.Equal(item.DecidedBy == OverrideKind.None ? 0 : 1, applied.Count);
        Assert.All(applied, candidate => Assert.Equal(item.DecidedBy, candidate.Kind));
        Assert.All(
            item.Overrides.TakeWhile(static candidate => candidate.Standing != OverrideStanding.Applied).Where(static candidate => candidate.Kind == OverrideKind.Segment),
            candidate => Assert.False(item.DecidedBy == OverrideKind.Segment && candidate.Segment!.IsMatch));
        if (isComplete)
        {
            Assert.DoesNotContain(item.Overrides, static candidate => candidate.Standing == OverrideStanding.NotEvaluated);
        }
    }
}
