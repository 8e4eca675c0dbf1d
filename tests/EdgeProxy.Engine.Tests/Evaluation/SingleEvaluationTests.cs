using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;
using EdgeProxy.Engine.Tests.Rendering;
using EdgeProxy.Testing;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>The evaluation of one feature.</summary>
public sealed class SingleEvaluationTests
{
    private const int Cases = 3_000;

    [Fact]
    public void EvaluateSingle_AnyCase_AsWithAllFeatures()
    {
        var (all, single) = (new EvaluationFrame(), new EvaluationFrame());
        EvaluationCheck.Run(Cases, (model, identity) => CheckEachFeature(all, single, model, identity), seed: 21);
    }

    [Fact]
    public void EvaluateSingle_AnyCaseWithDependencies_AsWithAllFeatures()
    {
        var (all, single) = (new EvaluationFrame(), new EvaluationFrame());
        EvaluationCheck.RunWithDependencies(Cases, (model, identity) => CheckEachFeature(all, single, model, identity), seed: 22);
    }

    [Fact]
    public void EvaluateSingle_SegmentsOfOtherFeatures_AreNotEvaluated()
    {
        var snapshot = Snapshot();
        var frame = new EvaluationFrame();

        Assert.Equal(0, StepsOf(frame, snapshot, "other"));
        Assert.NotEqual(0, StepsOf(frame, snapshot, "searched"));
        Assert.NotEqual(0, StepsOf(frame, snapshot, "dependent"));
    }

    [Fact]
    public void TryEvaluateSingle_TooFewSteps_FalseOnlyForTheFeatureThatNeedsThem()
    {
        var snapshot = Snapshot();
        var frame = new EvaluationFrame();
        Begin(frame, snapshot);

        Assert.False(frame.TryEvaluateSingle(snapshot.FindFeature("searched"u8), 1, out _));
        Assert.True(frame.TryEvaluateSingle(snapshot.FindFeature("other"u8), 1, out var flag));
        Assert.Equal("other", snapshot.Flags.StateOf(flag).Name);
    }

    [Fact]
    public void EvaluateSingle_SteadyState_AllocatesNothing()
    {
        var snapshot = Snapshot();
        var frame = new EvaluationFrame();
        var feature = snapshot.FindFeature("dependent"u8);

        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            Begin(frame, snapshot);
            frame.EvaluateSingle(feature);
        }));
    }

    private static void CheckEachFeature(EvaluationFrame all, EvaluationFrame single, EnvironmentModel model, Identity? identity)
    {
        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;
        GzipAnswer.Evaluate(all, snapshot, identity);
        for (var feature = 0; feature < snapshot.FeatureCount; feature++)
        {
            GzipAnswer.Begin(single, snapshot, identity);
            Assert.Equal(all.Outcomes[feature], single.EvaluateSingle(feature));
        }
    }

    private static int StepsOf(EvaluationFrame frame, EnvironmentSnapshot snapshot, string feature)
    {
        Begin(frame, snapshot);
        frame.EvaluateSingle(snapshot.FindFeature(Encoding.UTF8.GetBytes(feature)));
        return frame.StepsTaken;
    }

    private static void Begin(EvaluationFrame frame, EnvironmentSnapshot snapshot)
    {
        frame.Begin(snapshot);
        frame.SetIdentity("somebody"u8);
        frame.SetTraitText("text"u8, "a text to be searched"u8);
    }

    /// <summary><c>searched</c> needs a regular expression, <c>dependent</c> reads it, <c>other</c> has nothing to do with them.</summary>
    private static EnvironmentSnapshot Snapshot() => Compile(EnvironmentOf(
        [Off("searched"), Off("dependent"), Off("other")],
        [
            Segment("text", All(Condition("text", Regex, "a.*searched$")), On("searched")),
            Segment("flag", All(IsOn("searched")), On("dependent")),
            Segment("plan", All(Condition("plan", Equal, "pro")), On("other")),
        ]));
}
