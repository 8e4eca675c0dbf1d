using System.Diagnostics;
using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>One budget for each evaluation, whatever its conditions are and whatever is sent.</summary>
public sealed class StepBudgetTests
{
    private const string Text = "text";
    private const int Megabyte = 1024 * 1024;

    private static readonly FeatureState Feature = new() { Name = "feature", FeatureId = 1, Value = "own" };

    /// <summary>Expensive requests: the condition, the number of such conditions, and the trait.</summary>
    public static TheoryData<string, string, int, string> Attacks => new()
    {
        { ConditionOperators.Regex, "(?=a)(a|a)*x{0}", 200, new string('a', 18) },
        { ConditionOperators.Regex, "(?:(a*)(a*)(a*)\\1x{0})", 200, new string('a', 200) },
        { ConditionOperators.Regex, @"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.example{0}$", 50, new string('a', Megabyte) },
        { ConditionOperators.Modulo, "{0}3|1", 100, new string('7', Megabyte) },
        { ConditionOperators.Modulo, "{0}3|1", 100, "-" + new string('7', Megabyte) },
        { ConditionOperators.In, "{0},b", 2000, new string('a', Megabyte) },
        { ConditionOperators.PercentageSplit, "50.{0}", 500, new string('a', Megabyte) },
        { ConditionOperators.Contains, "{0}b", 2000, new string('a', Megabyte) },
        { ConditionOperators.NotContains, "{0}" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 500, new string('a', Megabyte) },
        { ConditionOperators.GreaterThan, "1.0.0-{0}:semver", 300, "1.0.0-" + new string('a', Megabyte) },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Evaluate_Attack_TakesNoLongerThanAFewAbortedMatches(string operation, string value, int count, string trait)
    {
        var attacked = Compile([.. Enumerable.Range(0, count).Select(i => Condition(operation, value.Replace("{0}", $"{i}", StringComparison.Ordinal)))]);
        var measure = Compile(Condition(ConditionOperators.Regex, "(?=(a+)+$)"));

        // In turns, and the shortest of each: the machine may be busy.
        var (ofAttack, ofMeasure) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var turn = 0; turn < 5; turn++)
        {
            ofAttack = Min(ofAttack, Time(attacked, trait));
            ofMeasure = Min(ofMeasure, Time(measure, new string('a', 100) + "!"));
        }

        Assert.InRange(ofAttack / ofMeasure, 0, 12); // 2.5 by steps
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Evaluate_Attack_StaysWithinItsSteps(string operation, string value, int count, string trait)
    {
        var snapshot = Compile([.. Enumerable.Range(0, count).Select(i => Condition(operation, value.Replace("{0}", $"{i}", StringComparison.Ordinal)))]);
        var frame = Begin(snapshot, trait);

        frame.Evaluate();

        Assert.InRange(frame.StepsTaken, 0, EvaluationFrame.MaxSteps);
    }

    [Fact]
    public void Evaluate_NearMisses_CountTogether()
    {
        // None of them gives up by itself.
        var conditions = Enumerable.Range(0, 200).Select(static i => Condition(ConditionOperators.Regex, $"(?=a)(a|a)*x{i}")).ToArray();
        var one = Begin(Compile(conditions[0]), new string('a', 17));
        one.Evaluate();
        Assert.Equal(0, one.AbortedConditions);
        Assert.InRange(one.StepsTaken, 500_000, 1_999_999);

        var all = Begin(Compile(conditions), new string('a', 17));
        all.Evaluate();

        Assert.Equal(EvaluationFrame.MaxSteps, all.StepsTaken);
        var affordable = EvaluationFrame.MaxSteps / one.StepsTaken;
        Assert.Equal(200 - affordable, all.AbortedConditions);
    }

    [Fact]
    public void Evaluate_BudgetExhausted_RemainingExpensiveConditionsFalseAndCheapOnesAsEver()
    {
        var hostile = Enumerable.Range(0, 10).Select(static i => Segment(i, Condition(ConditionOperators.Regex, $"(?=(a+)+$)x{i}")));
        var model = Model([
            .. hostile,
            Segment(11, Condition(ConditionOperators.Regex, "a")),
            Segment(12, Condition(ConditionOperators.IsSet, null)),
        ]);
        var frame = Begin(EnvironmentCompiler.Compile(model).Snapshot, new string('a', 100) + "!");

        frame.Evaluate();

        Assert.Equal("on 12", Value(frame));
        Assert.Equal(11, frame.AbortedConditions);
        Assert.Equal("condition REGEX on 'text' of segment 'segment 0' (0)", frame.CostliestCondition);
    }

    [Fact]
    public void Evaluate_SameRequestAgain_SameFlagsInAnyFrameAndScope()
    {
        var snapshot = Compile([.. Enumerable.Range(0, 20).Select(static i => Condition(ConditionOperators.Regex, $"(?=a)(a|a)*x{i}|(?!b){(i < 15 ? "b" : "a")}"))]);
        var used = Begin(snapshot, "b");
        used.Evaluate();
        var flags = new List<string>();
        foreach (var scope in new[] { EvaluationScope.Flags, EvaluationScope.FlagsAndSegments })
        {
            foreach (var frame in new[] { used, new EvaluationFrame() })
            {
                Set(frame, snapshot, new string('a', 17), scope);
                frame.Evaluate();
                flags.Add(Value(frame));
                frame.Evaluate();
                flags.Add(Value(frame));
            }
        }

        Assert.Single(flags.Distinct());
    }

    [Fact]
    public void TryEvaluate_TooFewSteps_FalseAndLaterTheSameFlags()
    {
        var snapshot = Compile([.. Enumerable.Range(0, 5).Select(static i => Condition(ConditionOperators.Regex, $"(?=a)(a|a)*x{i}")), Condition(ConditionOperators.Regex, "a+")]);
        var trait = new string('a', 12);
        var full = Begin(snapshot, trait);
        full.Evaluate();
        Assert.Equal("on 5", Value(full));
        var frame = Begin(snapshot, trait);

        Assert.False(frame.TryEvaluate(1000));
        Assert.InRange(frame.StepsTaken, 1, 1000);
        frame.Evaluate();

        Assert.Equal("on 5", Value(frame));
        Assert.Equal(full.StepsTaken, frame.StepsTaken);
        Assert.Equal(0, frame.AbortedConditions);
        Assert.True(frame.TryEvaluate(full.StepsTaken + 1));
        Assert.Equal("on 5", Value(frame));
    }

    [Fact]
    public void Evaluate_OneQueryInManyConditions_RunsOnce()
    {
        SegmentCondition Ask(int i) => new() { Property = "$.identity.traits[?@ == 'x']", Operator = ConditionOperators.Equal, Value = $"{i}" };
        var one = Begin(Compile(Ask(0)), "x");
        var many = Begin(Compile([.. Enumerable.Range(0, 50).Select(Ask)]), "x");

        one.Evaluate();
        many.Evaluate();

        // The context, which the query looks at, is larger with more segments, but not where this query looks.
        Assert.InRange(one.StepsTaken, 1, 1000);
        Assert.Equal(one.StepsTaken, many.StepsTaken);
    }

    [Theory]
    [InlineData(ConditionOperators.IsSet)]
    [InlineData(ConditionOperators.IsNotSet)]
    public void Evaluate_QueryThatCostsTooMuch_NoConditionOnItHolds(string operation)
    {
        var segments = Enumerable.Range(0, 200).Select(i => Segment(
            i, new SegmentCondition { Property = $"$..[?count($..[?count($..[?@ == {i}]) > 0]) > 1000000]", Operator = operation }));
        var frame = Begin(EnvironmentCompiler.Compile(Model([.. segments])).Snapshot, "x");

        frame.Evaluate();

        Assert.Equal("own", Value(frame));
        Assert.Equal(200, frame.AbortedConditions);
        Assert.InRange(frame.StepsTaken, EvaluationFrame.MaxSteps - 10, EvaluationFrame.MaxSteps);
    }

    [Fact]
    public void Evaluate_LongIdentityAndManyVariants_ControlValuesFromWhereItCostsTooMuch()
    {
        const int Count = 400;
        var features = Enumerable.Range(0, Count).Select(static i => new FeatureState
        {
            Name = $"f{i}",
            FeatureId = i,
            Key = $"{i}",
            Value = "control",
            Variants = [new Variant { Value = "variant", Weight = 100 }],
        });
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Features = [.. features] }).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetIdentity(Encoding.ASCII.GetBytes(new string('a', 64 * 1024)));

        frame.Evaluate();

        var variants = frame.Outcomes.ToArray().TakeWhile(outcome => IsVariant(snapshot, outcome)).Count();
        Assert.InRange(variants, 1, Count - 1);
        Assert.Equal(Count - variants, frame.AbortedConditions);
        Assert.All(frame.Outcomes.ToArray().Skip(variants), outcome => Assert.False(IsVariant(snapshot, outcome)));
    }

    [Fact]
    public void Evaluate_ManyHonestConditions_NothingIsAborted()
    {
        var conditions = Enumerable.Range(0, 5000).Select(static i => Condition(ConditionOperators.Regex, $@"^[a-z.]+@example{i}\.com$"));
        var frame = Begin(Compile([.. conditions]), "somebody.with.a.name@example4999.com");

        frame.Evaluate();

        Assert.Equal("on 4999", Value(frame));
        Assert.Equal(0, frame.AbortedConditions);
    }

    private static bool IsVariant(EnvironmentSnapshot snapshot, int outcome) => snapshot.Flags.SourceOf(outcome).Variant is not null;

    private static TimeSpan Time(EnvironmentSnapshot snapshot, string trait)
    {
        var frame = Begin(snapshot, trait);
        var started = Stopwatch.GetTimestamp();
        frame.Evaluate();
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static string Value(EvaluationFrame frame) => frame.Snapshot.Flags.StateOf(frame.Outcomes[0]).Value.Text;

    private static EvaluationFrame Begin(EnvironmentSnapshot snapshot, string trait)
    {
        var frame = new EvaluationFrame();
        Set(frame, snapshot, trait, EvaluationScope.Flags);
        return frame;
    }

    private static void Set(EvaluationFrame frame, EnvironmentSnapshot snapshot, string trait, EvaluationScope scope)
    {
        frame.Begin(snapshot, scope);
        frame.SetIdentity("somebody"u8);
        frame.SetTraitText(Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(trait));
    }

    private static SegmentCondition Condition(string operation, string? value) => new() { Property = Text, Operator = operation, Value = value };

    private static EnvironmentSnapshot Compile(params SegmentCondition[] conditions) =>
        EnvironmentCompiler.Compile(Model([.. conditions.Select(static (condition, i) => Segment(i, condition))])).Snapshot;

    private static EnvironmentModel Model(params Segment[] segments) => new() { Key = "env", Name = "Production", Features = [Feature], Segments = segments };

    private static Segment Segment(int id, SegmentCondition condition) => new()
    {
        Key = $"{id}",
        Name = $"segment {id}",
        Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }],
        Overrides = [new SegmentOverride { State = Feature with { Value = $"on {id}" }, Priority = id }],
    };
}
