using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>Invariants of every environment.</summary>
public sealed class InvariantTests
{
    private const int Identities = 100_000;

    [Fact]
    public void Evaluate_TraitsInAnotherOrder_TheSameFlags()
    {
        var random = new Random(1);
        EvaluationCheck.Run(
            3_000,
            (model, identity) =>
            {
                if (identity is null)
                {
                    return;
                }

                var snapshot = EnvironmentCompiler.Compile(model).Snapshot;
                var shuffled = identity.Traits.ToArray();
                random.Shuffle(shuffled);

                var expected = snapshot.Evaluate(identity);
                var actual = snapshot.Evaluate(identity with { Traits = new Dictionary<string, Engine.Model.ScalarValue>(shuffled) });

                Assert.Equal(expected.Flags.Values, actual.Flags.Values);
                Assert.Equal(expected.Segments, actual.Segments);
            },
            seed: 3);
    }

    [Fact]
    public void Evaluate_Twice_TheSameFlags()
    {
        EvaluationCheck.Run(
            3_000,
            static (model, identity) =>
            {
                var snapshot = EnvironmentCompiler.Compile(model).Snapshot;
                Assert.Equal(snapshot.Evaluate(identity).Flags.Values, snapshot.Evaluate(identity).Flags.Values);
            },
            seed: 4);
    }

    [Fact]
    public void Evaluate_SegmentsThatOverrideNothing_ChangeNoFlag()
    {
        EvaluationCheck.Run(
            3_000,
            static (model, identity) =>
            {
                var names = model.Features.Select(static feature => feature.Name).ToHashSet();
                var lean = model with
                {
                    Segments = [.. model.Segments.Where(segment => segment.Overrides.Any(item => names.Contains(item.State.Name)))],
                };

                Assert.Equal(
                    EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity).Flags.Values,
                    EnvironmentCompiler.Compile(lean).Snapshot.Evaluate(identity).Flags.Values);
            },
            seed: 5);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(10)]
    [InlineData(33.3)]
    [InlineData(50)]
    [InlineData(99)]
    public void PercentageSplit_ManyIdentities_WithinItsConfidenceInterval(double percentage)
    {
        var inside = InSplit(percentage).Count(static isIn => isIn);

        // Five standard deviations of the binomial distribution, and one of the 9,999 buckets for the edge.
        var share = percentage / 100;
        var tolerance = (5 * Math.Sqrt(Identities * share * (1 - share))) + (Identities / 9999.0);
        Assert.InRange(inside, (Identities * share) - tolerance, (Identities * share) + tolerance);
    }

    [Fact]
    public void PercentageSplit_Raised_DropsNobody()
    {
        var before = InSplit(0);
        foreach (var percentage in new[] { 0.01, 1, 12.5, 50, 75, 99.99, 100 })
        {
            var after = InSplit(percentage);
            for (var i = 0; i < Identities; i++)
            {
                Assert.True(after[i] || !before[i], $"identity {i} dropped out at {percentage} %");
            }

            before = after;
        }

        Assert.DoesNotContain(false, before);
    }

    [Fact]
    public void Variants_ManyIdentities_WithinTheirConfidenceIntervals()
    {
        var feature = new FeatureState
        {
            Name = "feature",
            Key = "42",
            Value = "control",
            Variants =
            [
                new Variant { Value = "a", Weight = 20, Priority = 1 },
                new Variant { Value = "b", Weight = 30.5, Priority = 2 },
                new Variant { Value = "c", Weight = 10, Priority = 3 },
            ],
        };
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Features = [feature] }).Snapshot;

        var counts = Enumerable.Range(0, Identities)
            .Select(i => snapshot.Evaluate(new Identity($"user-{i}")).Flags["feature"].Value.Text)
            .CountBy(static value => value)
            .ToDictionary();

        foreach (var (value, share) in new[] { ("a", 0.2), ("b", 0.305), ("c", 0.1), ("control", 0.395) })
        {
            var tolerance = (5 * Math.Sqrt(Identities * share * (1 - share))) + (Identities / 9999.0);
            Assert.InRange(counts[value], (Identities * share) - tolerance, (Identities * share) + tolerance);
        }
    }

    private static bool[] InSplit(double percentage)
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
        {
            Property = "",
            Operator = ConditionOperators.PercentageSplit,
            Value = percentage.ToString(System.Globalization.CultureInfo.InvariantCulture),
        })).Snapshot;
        var frame = new EvaluationFrame();
        var inside = new bool[Identities];
        for (var i = 0; i < Identities; i++)
        {
            frame.Begin(snapshot);
            frame.SetIdentity(System.Text.Encoding.UTF8.GetBytes($"user-{i}"));
            frame.Evaluate();
            inside[i] = snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled;
        }

        return inside;
    }
}
