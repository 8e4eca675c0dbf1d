using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>A snapshot is tried before anybody depends on it: a broken one fails there, a sound one never does.</summary>
public sealed class SelfTestTests
{
    [Fact]
    public void TryOut_WhateverTheEnvironment_Passes()
    {
        var tried = 0;
        EvaluationCheck.Run(
            1_000,
            (model, _) =>
            {
                EnvironmentCompiler.Compile(model).Snapshot.SelfTest();
                tried++;
            },
            seed: 11);

        Assert.True(tried >= 1_000);
    }

    [Fact]
    public void TryOut_AFlagThatDoesNotExist_Fails()
    {
        var snapshot = Snapshot();
        snapshot.InitialOutcomes[0] = 1_000;

        Assert.ThrowsAny<Exception>(snapshot.SelfTest);
    }

    [Theory]
    [InlineData(nameof(SlotKind.None))]
    [InlineData(nameof(SlotKind.Text))]
    [InlineData(nameof(SlotKind.Integer))]
    [InlineData(nameof(SlotKind.Double))]
    [InlineData(nameof(SlotKind.True))]
    public void TryOut_AMatcherThatThrowsForOneTypeOfTrait_Fails(string type)
    {
        var kind = Enum.Parse<SlotKind>(type);
        var snapshot = Snapshot();
        snapshot.SelfTest();
        var slot = SnapshotSlots.FirstTrait;
        snapshot.Segments[0] = snapshot.Segments[0] with
        {
            Matcher = frame => frame.Slots[slot].Kind == kind ? throw new InvalidOperationException("broken") : false,
        };

        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(snapshot.SelfTest).Message);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("2", true)]
    [InlineData("3", false)]
    public void TryOut_AMatcherThatThrowsForAnIdentityWithOverrides_FailsIfItIsOfTheFirstThree(string identifier, bool fails)
    {
        var overrides = Enumerable.Range(0, 5).Select(static i => new IdentityOverride
        {
            Identifier = $"user-{i}",
            States = [State("plain", 0)],
        });
        var snapshot = Compile([State("plain", 0), State("own", 1)], [OwnSegment()], [.. overrides]);
        var broken = System.Text.Encoding.UTF8.GetBytes($"user-{identifier}");
        snapshot.Segments[0] = snapshot.Segments[0] with
        {
            Matcher = frame => frame.TextOf(in frame.Slots[SnapshotSlots.Identifier]).SequenceEqual(broken)
                ? throw new InvalidOperationException("broken")
                : false,
        };

        Assert.Equal(fails ? "broken" : null, Record.Exception(snapshot.SelfTest)?.Message);
    }

    [Fact]
    public void CountFeaturesMissingIn_Nothing_Refused()
    {
        Assert.Throws<ArgumentNullException>(() => With().CountFeaturesMissingIn(null!));
    }

    [Fact]
    public void CountFeaturesMissingIn_ByName()
    {
        var all = With("a", "b", "c");

        Assert.Equal(0, all.CountFeaturesMissingIn(all));
        Assert.Equal(2, all.CountFeaturesMissingIn(With("b", "d", "e", "f")));
        Assert.Equal(3, all.CountFeaturesMissingIn(With()));
        Assert.Equal(0, With().CountFeaturesMissingIn(all));
    }

    private static EnvironmentSnapshot With(params string[] features) => Compile([.. features.Select(State)], []);

    private static EnvironmentSnapshot Snapshot() => Compile([State("plain", 0), State("own", 1)], [OwnSegment()]);

    private static Segment OwnSegment()
    {
        var condition = new SegmentCondition { Property = "plan", Operator = ConditionOperators.Equal, Value = "pro" };
        return new Segment
        {
            Key = "1",
            Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }],
            Overrides = [new SegmentOverride { State = State("own", 1) with { Value = "y" } }],
        };
    }

    private static EnvironmentSnapshot Compile(FeatureState[] features, Segment[] segments, params IdentityOverride[] overrides) =>
        EnvironmentCompiler.Compile(new EnvironmentModel
        {
            Key = "k",
            Name = "n",
            Features = features,
            Segments = segments,
            IdentityOverrides = overrides,
        }).Snapshot;

    private static FeatureState State(string name, int id) => new() { Name = name, FeatureId = id, Value = "x" };
}
