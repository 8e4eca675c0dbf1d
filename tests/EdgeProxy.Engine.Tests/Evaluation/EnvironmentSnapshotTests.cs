using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation;

public sealed partial class EnvironmentSnapshotTests
{
    private static readonly FeatureState Feature = new() { Name = "feature", FeatureId = 1, Value = "own" };

    [Fact]
    public void Evaluate_SharedConditions_OneNodeAndOneAnswerEach()
    {
        // The same expensive condition in every segment; the percentage splits differ by segment and are not shared.
        var model = Model([.. Enumerable.Range(0, 100).Select(static i => Segment(
            i,
            new SegmentCondition { Property = "email", Operator = ConditionOperators.Regex, Value = @"\w+@example\.com" },
            new SegmentCondition { Property = "", Operator = ConditionOperators.PercentageSplit, Value = "50" }))]);

        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;

        Assert.Equal(100 + 1, snapshot.RememberedAnswers); // segments, and one expression; no split is asked twice
    }

    [Fact]
    public void Compile_ConstantSegments_FoldedAway()
    {
        var model = Model(
            Segment(1, new SegmentCondition { Property = "$.environment.name", Operator = ConditionOperators.Equal, Value = "Production" }) with { Rules = [] },
            Segment(2, new SegmentCondition { Property = "$.nowhere", Operator = "UNKNOWN", Value = "x" }));

        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;

        Assert.Empty(snapshot.Candidates);
        Assert.Equal(0, snapshot.RememberedAnswers);
    }

    [Fact]
    public void Evaluate_TraitsOnlyIdleSegmentsLookAt_NoSlotForFlags()
    {
        var idle = Segment(1, new SegmentCondition { Property = "idle", Operator = ConditionOperators.IsSet }) with { Overrides = [] };
        var busy = Segment(2, new SegmentCondition { Property = "busy", Operator = ConditionOperators.IsSet });

        var snapshot = EnvironmentCompiler.Compile(Model(idle, busy)).Snapshot;

        Assert.Equal(-1, snapshot.Slots.Find("idle"u8, EvaluationScope.Flags));
        Assert.NotEqual(-1, snapshot.Slots.Find("idle"u8, EvaluationScope.FlagsAndSegments));
        Assert.NotEqual(-1, snapshot.Slots.Find("busy"u8, EvaluationScope.Flags));
        Assert.Equal(["segment 1"], snapshot.Evaluate(new Identity("x") { Traits = { ["idle"] = 1 } }).Segments.Select(static segment => segment.Name));
    }

    [Theory]
    [InlineData("$.identity.traits.*", "EQUAL", "first", true)]
    [InlineData("$.identity.traits[?@ == 'second']", "EQUAL", "second", true)]
    [InlineData("$..identifier", "EQUAL", "somebody", true)]
    [InlineData("$.identity['key','identifier']", "EQUAL", "env_somebody", true)]
    [InlineData("$.identity.traits[?length(@) > 100]", "IS_NOT_SET", null, true)]
    [InlineData("$.environment.*", "EQUAL", "env", true)]
    [InlineData("$.features[?@.enabled == false].value", "EQUAL", "own", true)]
    [InlineData("$.features.feature.value", "EQUAL", "own", true)]
    [InlineData("$.features.feature.variants[0].weight", "EQUAL", "10", true)]
    [InlineData("$.features.feature.variants[-1].value", "EQUAL", "b", true)]
    [InlineData("$.features.feature.variants[2].value", "IS_SET", null, false)]
    [InlineData("$.segments['1'].rules[0].conditions[0].operator", "IS_SET", null, true)]
    [InlineData("$.identity.traits.number", "GREATER_THAN", "6", true)]
    [InlineData("$.identity.traits[0]", "IS_SET", null, false)]
    [InlineData("$.identity[0]", "IS_SET", null, false)]
    [InlineData("$..number", "EQUAL", "7", true)]
    public void Evaluate_AnyJsonPath_TheFirstMatchIfItIsAScalar(string path, string @operator, string? operand, bool expected)
    {
        var feature = Feature with
        {
            Variants = [new Variant { Value = "a", Weight = 10, Key = "k", Priority = 3 }, new Variant { Value = "b", Weight = 20 }],
        };
        var model = Model(Segment(1, new SegmentCondition { Property = path, Operator = @operator, Value = operand })) with { Features = [feature] };
        var identity = new Identity("somebody") { Traits = { ["a"] = "first", ["b"] = "second", ["number"] = "007" } };

        var result = EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity);

        Assert.Equal(expected, result.Segments.Count == 1);
    }

    [Fact]
    public void Evaluate_QueryOverRepeatedTrait_TheLastCounts()
    {
        var snapshot = EnvironmentCompiler.Compile(Model(
            Segment(1, new SegmentCondition { Property = "$.identity.traits.*", Operator = ConditionOperators.Equal, Value = "last" }))).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetIdentity("x"u8);
        frame.SetTraitText("a"u8, "first"u8);
        frame.SetTraitText("a"u8, "last"u8);
        frame.Evaluate();

        Assert.Equal("on", snapshot.Flags.StateOf(frame.Outcomes[0]).Value.Text);
    }

    [Fact]
    public void ForgetTraits_AfterSome_AsIfNoneHadBeenSet()
    {
        var snapshot = EnvironmentCompiler.Compile(Model(
            Segment(1, new SegmentCondition { Property = "a", Operator = ConditionOperators.IsSet }))).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetTraitBoolean("a"u8, true);
        frame.ForgetTraits();
        frame.SetIdentity("x"u8);
        frame.Evaluate();

        Assert.Equal("own", snapshot.Flags.StateOf(frame.Outcomes[0]).Value.Text);
    }

    [Fact]
    public void Evaluate_ExpressionsThatGiveUp_HoldAnEvaluationUpOnlySoLong()
    {
        // A thousand segments, each with an expression of its own that runs into its limit on this trait.
        var model = Model([.. Enumerable.Range(0, 1000).Select(static i => Segment(
            i, new SegmentCondition { Property = "text", Operator = ConditionOperators.Regex, Value = $"(?=(a+)+$)x{i}" }))]);
        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetIdentity("x"u8);
        frame.SetTraitText("text"u8, Encoding.ASCII.GetBytes(new string('a', 1999) + "!"));

        frame.Evaluate();

        Assert.Equal(1000, frame.AbortedConditions);
        Assert.Equal(EvaluationFrame.MaxSteps, frame.StepsTaken);
    }

    [Fact]
    public void Evaluate_ManyQueriesThatDoNotGiveUp_NoneIsHeldUp()
    {
        var model = Model([.. Enumerable.Range(0, 10).Select(static i => Segment(
            i, new SegmentCondition { Property = $"$.identity.traits[?@ == {i}]", Operator = ConditionOperators.IsSet }))]);
        var identity = new Identity("x");
        for (var i = 0; i < 10; i++)
        {
            identity.Traits[$"t{i}"] = i;
        }

        Assert.Equal(10, EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity).Segments.Count);
    }

    [Fact]
    public void Evaluate_AModelWithMetadata_ThatOfWhatWon()
    {
        var segment = Segment(1, new SegmentCondition { Property = "a", Operator = ConditionOperators.IsSet }) with
        {
            Metadata = "of the segment",
            Overrides = [new SegmentOverride { State = Feature with { Metadata = "of the override" } }],
        };
        var model = Model(segment) with { Features = [Feature with { Metadata = "of the feature" }] };
        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;

        var own = snapshot.Evaluate(new Identity("x"));
        var overridden = snapshot.Evaluate(new Identity("x") { Traits = { ["a"] = 1 } });

        Assert.Equal(("of the feature", 1), (own.Flags["feature"].Metadata, own.Flags["feature"].FeatureId));
        Assert.Equal("of the override", overridden.Flags["feature"].Metadata);
        Assert.Equal("of the segment", Assert.Single(overridden.Segments).Metadata);
    }

    [Fact]
    public void Begin_AnotherSnapshot_NothingOfTheFirstIsLeft()
    {
        var many = EnvironmentCompiler.Compile(Model([.. Enumerable.Range(0, 200).Select(static i =>
            Segment(i, new SegmentCondition { Property = $"trait {i}", Operator = ConditionOperators.IsSet }))])).Snapshot;
        var few = EnvironmentCompiler.Compile(Model(
            Segment(1, new SegmentCondition { Property = "other", Operator = ConditionOperators.IsSet }))).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(many);
        frame.SetIdentity("x"u8);
        for (var i = 0; i < 200; i++)
        {
            frame.SetTraitBoolean(Encoding.ASCII.GetBytes($"trait {i}"), true);
        }

        frame.Evaluate();
        frame.Begin(few);
        frame.Evaluate();

        Assert.Equal("own", few.Flags.StateOf(frame.Outcomes[0]).Value.Text);
    }

    [Fact]
    public void Release_SnapshotReplaced_NotKeptAlive()
    {
        var frame = new EvaluationFrame();
        var snapshot = EvaluateOnce(frame);

        frame.Release();
        GC.Collect();

        Assert.False(snapshot.TryGetTarget(out _));
        Assert.Throws<InvalidOperationException>(frame.Evaluate);

        // In a method of its own, so that nothing here refers to the snapshot.
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference<EnvironmentSnapshot> EvaluateOnce(EvaluationFrame frame)
        {
            var snapshot = EnvironmentCompiler.Compile(Model(
                Segment(1, new SegmentCondition { Property = "$.identity.traits.*", Operator = ConditionOperators.IsSet }))).Snapshot;
            frame.Begin(snapshot);
            frame.SetIdentity("x"u8);
            frame.SetTraitText("a"u8, "b"u8);
            frame.Evaluate();
            return new WeakReference<EnvironmentSnapshot>(snapshot);
        }
    }

    [Fact]
    public void Frame_NotBegun_SaysSo()
    {
        var frame = new EvaluationFrame();

        Assert.Throws<InvalidOperationException>(frame.Evaluate);
        Assert.Throws<InvalidOperationException>(() => frame.SetIdentity("x"u8));
    }

    private static EnvironmentModel Model(params Segment[] segments) =>
        new() { Key = "env", Name = "Production", Features = [Feature], Segments = segments };

    private static Segment Segment(int id, params SegmentCondition[] conditions) => new()
    {
        Key = $"{id}",
        Name = $"segment {id}",
        Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = conditions }],
        Overrides = [new SegmentOverride { State = Feature with { Value = "on", Enabled = true }, Priority = id }],
    };
}
