using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.Regexes.IRegexps;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>The cost of regular expressions in an evaluation.</summary>
public sealed class PathEvaluationTests
{
    [Fact]
    public void IsMatch_OrdinaryTexts_LeavesStepsForMore()
    {
        var evaluation = new PathEvaluation(PathNode.Of(0));
        var regexp = IRegexp.TryCompile("[a-z]+@[a-z]+\\.[a-z]{2,}", whole: false)!;
        for (var i = 0; i < 5_000; i++)
        {
            Assert.True(evaluation.IsMatch(regexp, "someone@example.org"));
        }

        Assert.False(evaluation.IsExhausted);
    }

    [Fact]
    public void IsMatch_MatchThatTakesMoreStepsThanThereAre_IsNoneAndExhaustsTheRun()
    {
        var evaluation = new PathEvaluation(PathNode.Of(0));
        var regexp = IRegexp.TryCompile("(a|aa){1,1000}b", whole: false)!;
        var text = new string('a', 10_000) + "b";

        Assert.True(regexp.IsMatch(text, int.MaxValue, out _));
        Assert.False(evaluation.IsMatch(regexp, text));
        Assert.True(evaluation.IsExhausted);
        Assert.False(evaluation.IsMatch(regexp, "ab"));
    }

    [Fact]
    public void IsMatch_SlowPatternOnLongTexts_IsNoneAndExhaustsTheRun()
    {
        var evaluation = new PathEvaluation(PathNode.Of(0));
        var regexp = IRegexp.TryCompile("(a|aa){1,1000}b", whole: false)!;
        var text = new string('a', 100_000);
        for (var i = 0; i < 10; i++)
        {
            Assert.False(evaluation.IsMatch(regexp, text));
        }

        Assert.True(evaluation.IsExhausted);
    }
}
