using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>A condition that does not hold decides all segments that need it, and no other.</summary>
public sealed class RefutationTests
{
    [Fact]
    public void Evaluate_SegmentsWithTheSameFailingCondition_TakeAsManyStepsAsFewer()
    {
        var version = $"1.0.0-{new string('a', 400)}";
        Assert.Equal(StepsFor(segments: 2, version), StepsFor(segments: 5, version));
    }

    [Fact]
    public void Evaluate_RandomSegments_EachAsAlone()
    {
        var random = new Random(21);
        for (var round = 0; round < 30; round++)
        {
            Segment[] segments = [.. Enumerable.Range(0, random.Next(2, 90)).Select(key => new Segment
            {
                Key = $"{key}",
                Name = $"{key}",
                Rules = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomRule(random, depth: 2))],
            })];
            var together = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Segments = segments }).Snapshot;
            var alone = segments.Select(static segment => EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Segments = [segment] }).Snapshot).ToList();
            for (var i = 0; i < 20; i++)
            {
                var identity = new Identity($"user-{i}");
                for (var trait = 0; trait < 4; trait++)
                {
                    identity.Traits[$"t{trait}"] = $"{random.Next(3)}";
                }

                Assert.Equal(alone.SelectMany(snapshot => snapshot.Evaluate(identity).Segments), together.Evaluate(identity).Segments);
            }
        }
    }

    private static SegmentRule RandomRule(Random random, int depth) => new()
    {
        Type = random.Next(4) switch { 0 => RuleTypes.Any, 1 => RuleTypes.None, _ => RuleTypes.All },
        Conditions = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new SegmentCondition
        {
            Property = $"t{random.Next(4)}",
            Operator = random.Next(3) == 0 ? ConditionOperators.Regex : ConditionOperators.Equal,
            Value = $"{random.Next(3)}",
        })],
        Rules = depth == 0 || random.Next(2) == 0 ? [] : [RandomRule(random, depth - 1)],
    };

    /// <summary>The steps of segments with a version condition of their own, which holds and is read first, and a pattern that fails.</summary>
    private static int StepsFor(int segments, string version)
    {
        var feature = new FeatureState { Name = "feature" };
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [feature],
            Segments = [.. Enumerable.Range(0, segments).Select(i => new Segment
            {
                Key = $"{i}",
                Name = $"{i}",
                Rules =
                [
                    new SegmentRule
                    {
                        Type = RuleTypes.All,
                        Conditions =
                        [
                            new SegmentCondition { Property = "version", Operator = ConditionOperators.GreaterThan, Value = $"0.0.{i}:semver" },
                            new SegmentCondition { Property = "name", Operator = ConditionOperators.Regex, Value = "(a|b)+c" },
                        ],
                    },
                ],
                Overrides = [new SegmentOverride { State = feature, Priority = i }],
            })],
        };
        var frame = new EvaluationFrame();
        frame.Begin(EnvironmentCompiler.Compile(model).Snapshot);
        frame.SetIdentity("user"u8);
        frame.SetTraitText("version"u8, Encoding.UTF8.GetBytes(version));
        frame.SetTraitText("name"u8, "ababab"u8);
        frame.Evaluate();
        return frame.StepsTaken;
    }
}
