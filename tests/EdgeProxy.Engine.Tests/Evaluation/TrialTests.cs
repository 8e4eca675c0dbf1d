using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>A snapshot is tried before anybody depends on it: a broken one fails there, a sound one never does.</summary>
public sealed class TrialTests
{
    [Fact]
    public void TryOut_WhateverTheEnvironment_Passes()
    {
        var tried = 0;
        EvaluationCheck.Run(
            1_000,
            (model, _) =>
            {
                EnvironmentCompiler.Compile(model).Snapshot.TryOut();
                tried++;
            },
            seed: 11);

        Assert.True(tried >= 1_000);
    }

    [Fact]
    public void TryOut_AFlagThatDoesNotExist_Fails()
    {
        var snapshot = Snapshot();
        snapshot.Undecided[0] = 1_000;

        Assert.ThrowsAny<Exception>(snapshot.TryOut);
    }

    [Fact]
    public void TryOut_AMatcherThatThrowsForOneTypeOfTrait_Fails()
    {
        var snapshot = Snapshot();
        snapshot.TryOut();
        var slot = SnapshotSlots.FirstTrait;
        snapshot.Segments[0] = snapshot.Segments[0] with
        {
            Matcher = frame => frame.Slots[slot].Kind == SlotKind.Double ? throw new InvalidOperationException("broken") : false,
        };

        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(snapshot.TryOut).Message);
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

    private static EnvironmentSnapshot Snapshot()
    {
        var condition = new SegmentCondition { Property = "plan", Operator = ConditionOperators.Equal, Value = "pro" };
        var segment = new Segment
        {
            Key = "1",
            Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }],
            Overrides = [new SegmentOverride { State = State("own", 1) with { Value = "y" } }],
        };
        return Compile([State("plain", 0), State("own", 1)], [segment]);
    }

    private static EnvironmentSnapshot Compile(FeatureState[] features, Segment[] segments) =>
        EnvironmentCompiler.Compile(new EnvironmentModel { Key = "k", Name = "n", Features = features, Segments = segments }).Snapshot;

    private static FeatureState State(string name, int id) => new() { Name = name, FeatureId = id, Value = "x" };
}
