using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>The evaluation context that JSONPath properties look into: what is where, and in which order (docs/spec/evaluation.md 4.4).</summary>
public sealed class ContextTreeTests
{
    /// <summary>The segment that looks; all others are there to be looked at.</summary>
    private const string Looking = "looking";

    private static readonly EnvironmentModel Environment = new()
    {
        Key = "env",
        Name = "Production",
        Features =
        [
            new FeatureState { Name = "plain", Key = "10", Value = "text" },
            new FeatureState
            {
                Name = "split",
                Key = "20",
                Enabled = true,
                Value = 7,
                Variants =
                [
                    new Variant { Value = "red", Key = "r", Weight = 12.5, Priority = 3 },
                    new Variant { Value = "blue", Weight = 20 },
                ],
            },
        ],
        Segments =
        [
            new Segment
            {
                Key = "s1",
                Name = "beta testers",
                Rules =
                [
                    new SegmentRule
                    {
                        Type = RuleTypes.All,
                        Conditions = [new SegmentCondition { Property = "plan", Operator = ConditionOperators.Equal, Value = "pro" }],
                        Rules =
                        [
                            new SegmentRule
                            {
                                Type = RuleTypes.None,
                                Conditions = [new SegmentCondition { Property = "country", Operator = ConditionOperators.In, Values = ["de", "fr"] }],
                            },
                        ],
                    },
                ],
                Overrides = [new SegmentOverride { State = new FeatureState { Name = "plain", Key = "30", Value = "overridden" } }],
            },
        ],
    };

    [Theory]
    [InlineData("$.environment.key", "env")]
    [InlineData("$.environment.name", "Production")]
    [InlineData("$.features.plain.key", "10")]
    [InlineData("$.features.plain.name", "plain")]
    [InlineData("$.features.plain.enabled", "false")]
    [InlineData("$.features.plain.value", "text")]
    [InlineData("$.features.split.enabled", "true")]
    [InlineData("$.features.split.value", "7")]
    [InlineData("$.features.split.variants[0].value", "red")]
    [InlineData("$.features.split.variants[0].key", "r")]
    [InlineData("$.features.split.variants[0].weight", "12.5")]
    [InlineData("$.features.split.variants[0].priority", "3")]
    [InlineData("$.features.split.variants[1].value", "blue")]
    [InlineData("$.features.split.variants[-2].value", "red")]
    [InlineData("$.segments.s1.key", "s1")]
    [InlineData("$.segments.s1.name", "beta testers")]
    [InlineData("$.segments.s1.rules[0].type", "ALL")]
    [InlineData("$.segments.s1.rules[0].conditions[0].property", "plan")]
    [InlineData("$.segments.s1.rules[0].conditions[0].operator", "EQUAL")]
    [InlineData("$.segments.s1.rules[0].conditions[0].value", "pro")]
    [InlineData("$.segments.s1.rules[0].rules[0].type", "NONE")]
    [InlineData("$.segments.s1.rules[0].rules[0].conditions[0].value[1]", "fr")]
    [InlineData("$.segments.s1.overrides[0].name", "plain")]
    [InlineData("$.segments.s1.overrides[0].value", "overridden")]
    public void Evaluate_PathToAMember_FindsIt(string path, string expected)
    {
        Assert.True(Holds(path, ConditionOperators.Equal, expected), "as a path");
        Assert.True(Holds(AsQuery(path), ConditionOperators.Equal, expected), "as a query");
    }

    [Theory]
    [InlineData("$.environment")]
    [InlineData("$.environment[0]")]
    [InlineData("$.environment.enabled")]
    [InlineData("$.features")]
    [InlineData("$.features[0]")]
    [InlineData("$.features.missing.value")]
    [InlineData("$.features.plain.variants")]
    [InlineData("$.features.plain.variants[0].value")]
    [InlineData("$.features.plain.variants.length")]
    [InlineData("$.features.split.variants[2].value")]
    [InlineData("$.features.split.variants[-3].value")]
    [InlineData("$.features.split.variants[1].key")]
    [InlineData("$.features.split.variants[1].priority")]
    [InlineData("$.identity.name")]
    [InlineData("$.identity.identifier.length")]
    [InlineData("$.identity.traits")]
    [InlineData("$.identity.traits.plan.length")]
    [InlineData("$.somewhere.else")]
    public void Evaluate_PathToAnythingElse_NoValue(string path)
    {
        Assert.True(Holds(path, ConditionOperators.IsNotSet, null), "as a path");
        Assert.True(Holds(AsQuery(path), ConditionOperators.IsNotSet, null), "as a query");
    }

    [Theory]
    [InlineData("$..key", "env")]
    [InlineData("$.environment.*", "env")]
    [InlineData("$.features.*.key", "10")]
    [InlineData("$.features.*.name", "plain")]
    [InlineData("$.features.split.*", "20")]
    [InlineData("$.features.split.variants[0].*", "red")]
    [InlineData("$.segments.s1.*", "s1")]
    [InlineData("$.segments.s1.rules[0].*", "ALL")]
    [InlineData("$.segments.s1.rules[0].conditions[0].*", "plan")]
    [InlineData("$.identity.*", "somebody")]
    [InlineData("$.identity['missing','key']", "env_somebody")]
    [InlineData("$.identity.traits.*", "pro")]
    [InlineData("$.*.twin.key", "feature")]
    public void Evaluate_QueryWithSeveralMatches_TheFirstInTheOrderOfTheContext(string path, string expected)
    {
        var twins = Environment with
        {
            Features = [.. Environment.Features, new FeatureState { Name = "twin", Key = "feature" }],
            Segments = [.. Environment.Segments, new Segment { Key = "twin" }],
        };

        Assert.True(Holds(path, ConditionOperators.Equal, expected, twins));
    }

    [Theory]
    [InlineData("$.identity.identifier")]
    [InlineData("$.identity.key")]
    [InlineData("$.identity.traits.plan")]
    [InlineData("$.environment.name")]
    [InlineData("$.features.plain.value")]
    [InlineData("$..name")]
    [InlineData("$.identity.traits.*")]
    public void Evaluate_TraitNamedLikeThePath_ComesFirstUnlessItIsNull(string path)
    {
        Assert.True(Holds(path, ConditionOperators.Equal, "of the trait", trait: "of the trait"));
        Assert.False(Holds(path, ConditionOperators.Equal, "of the trait", trait: "else"));
        Assert.False(Holds(path, ConditionOperators.Equal, "of the trait", trait: null));
        Assert.True(Holds(path, ConditionOperators.IsSet, null, trait: null));
    }

    [Fact]
    public void Evaluate_QueryThatFindsAFeatureAndSomethingOfTheIdentity_TheFeatureIsFirst()
    {
        var environment = Environment with { Features = [new FeatureState { Name = "identifier" }] };

        // What is found first is an object, and so no value; the identifier behind it does not count.
        Assert.True(Holds("$.*.identifier", ConditionOperators.IsNotSet, null, environment));
        Assert.True(Holds("$.*.identifier", ConditionOperators.Equal, "somebody"));
    }

    [Fact]
    public void Evaluate_RepeatedFeature_FirstPlaceAndLastContent()
    {
        var environment = Environment with
        {
            Features =
            [
                new FeatureState { Name = "a", Value = "old" },
                new FeatureState { Name = "b", Value = "other" },
                new FeatureState { Name = "a", Value = "new" },
            ],
        };

        Assert.True(Holds("$.features.a.value", ConditionOperators.Equal, "new", environment));
        Assert.True(Holds("$.features.*.value", ConditionOperators.Equal, "new", environment));
    }

    [Theory]
    [InlineData("$.identity.*")]
    [InlineData("$.identity['identifier','key']")]
    [InlineData("$.identity.identifier")]
    public void Evaluate_PathIntoTheIdentityOfNobody_NoValue(string path)
    {
        var snapshot = EnvironmentCompiler.Compile(With(path, ConditionOperators.IsNotSet, null, Environment)).Snapshot;

        Assert.Contains(snapshot.Evaluate().Segments, static segment => segment.Key == Looking);
    }

    /// <summary>The same path from anywhere: not singular any more, so it is asked of the whole tree.</summary>
    private static string AsQuery(string path) => $"$.{path[1..]}";

    private static bool Holds(string path, string @operator, string? operand, string? trait)
    {
        var identity = new Identity("somebody") { Traits = { ["plan"] = "pro", [path] = trait } };
        return EnvironmentCompiler.Compile(With(path, @operator, operand, Environment)).Snapshot.Evaluate(identity)
            .Segments.Any(static segment => segment.Key == Looking);
    }

    private static bool Holds(string path, string @operator, string? operand, EnvironmentModel? environment = null)
    {
        var identity = new Identity("somebody") { Traits = { ["plan"] = "pro" } };
        var result = EnvironmentCompiler.Compile(With(path, @operator, operand, environment ?? Environment)).Snapshot.Evaluate(identity);
        return result.Segments.Any(static segment => segment.Key == Looking);
    }

    private static EnvironmentModel With(string path, string @operator, string? operand, EnvironmentModel environment)
    {
        var condition = new SegmentCondition { Property = path, Operator = @operator, Value = operand };
        var looking = new Segment { Key = Looking, Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }] };
        return environment with { Segments = [.. environment.Segments, looking] };
    }
}
