using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed partial class ReferenceInterpreterTests
{
    private static readonly SegmentRule Always = new() { Type = RuleTypes.All };

    private static readonly SegmentRule Never = new() { Type = RuleTypes.None, Rules = [Always] };

    [Fact]
    public void Evaluate_NothingSpecial_GivesTheEnvironmentsStates()
    {
        var result = Evaluate(new EnvironmentModel { Key = "env", Features = [State("b", "1"), State("a", "2")] });

        Assert.Equal(["b=1, DEFAULT, -", "a=2, DEFAULT, -"], result);
    }

    [Fact]
    public void Evaluate_RepeatedFeatureName_KeepsFirstPlaceAndLastContent()
    {
        var result = Evaluate(new EnvironmentModel { Key = "env", Features = [State("a", "1"), State("b", "2"), State("a", "3")] });

        Assert.Equal(["a=3, DEFAULT, -", "b=2, DEFAULT, -"], result);
    }

    [Fact]
    public void Evaluate_MatchingSegment_OverridesItsFeaturesOnly()
    {
        var result = Evaluate(new EnvironmentModel
        {
            Key = "env",
            Features = [State("a", "1"), State("b", "2")],
            Segments = [Segment("s", Always, Override("b", "3"), Override("unknown", "4"))],
        });

        Assert.Equal(["a=1, DEFAULT, -", "b=3, TARGETING_MATCH; segment=s, -"], result);
    }

    [Theory]
    [InlineData(null, null, "first")]
    [InlineData(1.0, 1.0, "first")]
    [InlineData(1.0, 0.0, "second")]
    [InlineData(0.0, 1.0, "first")]
    [InlineData(null, 5.0, "second")]
    [InlineData(5.0, null, "first")]
    [InlineData(0.0, -1.5, "second")]
    [InlineData(1.5, 1.25, "second")]
    [InlineData(-0.0, 0.0, "first")]
    public void Evaluate_TwoSegments_StrictlyLowerPriorityWins(double? first, double? second, string expected)
    {
        var features = new[] { State("a", "0") };
        Segment[] twoSegments = [Segment("s", Always, Override("a", "first", first)), Segment("s", Always, Override("a", "second", second))];
        Segment[] oneSegment = [Segment("s", Always, Override("a", "first", first), Override("a", "second", second))];
        string[] result = [$"a={expected}, TARGETING_MATCH; segment=s, -"];

        Assert.Equal(result, Evaluate(new EnvironmentModel { Key = "env", Features = features, Segments = twoSegments }));
        Assert.Equal(result, Evaluate(new EnvironmentModel { Key = "env", Features = features, Segments = oneSegment }));
    }

    [Fact]
    public void Evaluate_SegmentThatDoesNotMatch_OverridesNothing()
    {
        var result = Evaluate(new EnvironmentModel
        {
            Key = "env",
            Features = [State("a", "1")],
            Segments = [Segment("never", Never, Override("a", "2", -1)), Segment("always", Always, Override("a", "3"))],
        });

        Assert.Equal(["a=3, TARGETING_MATCH; segment=always, -"], result);
    }

    [Fact]
    public void Evaluate_IdentityOverride_BeatsEverySegment()
    {
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [State("a", "1"), State("b", "2")],
            Segments = [Segment("s", Always, Override("a", "3", -1e300), Override("b", "4"))],
            IdentityOverrides =
            [
                new IdentityOverride { Identifier = "7", States = [State("a", "no")] },
                new IdentityOverride { Identifier = "007", States = [State("a", "yes"), State("a", "second"), State("unknown", "5")] },
                new IdentityOverride { Identifier = "007", States = [State("a", "third")] },
            ],
        };

        Assert.Equal(
            ["a=yes, TARGETING_MATCH; segment=identity_overrides, -", "b=4, TARGETING_MATCH; segment=s, -"],
            Evaluate(model, new Identity("007")));
        Assert.Equal(["a=3, TARGETING_MATCH; segment=s, -", "b=4, TARGETING_MATCH; segment=s, -"], Evaluate(model, new Identity("07")));
        Assert.Equal(["a=3, TARGETING_MATCH; segment=s, -", "b=4, TARGETING_MATCH; segment=s, -"], Evaluate(model));
        Assert.Equal(["s"], ReferenceInterpreter.Evaluate(model, new Identity("007")).Segments);
    }

    [Fact]
    public void Evaluate_IdentityOverrideOfEmptyIdentifier_IsNotForNobody()
    {
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [State("a", "1")],
            IdentityOverrides = [new IdentityOverride { Identifier = "", States = [State("a", "2")] }],
        };

        Assert.Equal(["a=2, TARGETING_MATCH; segment=identity_overrides, -"], Evaluate(model, new Identity("")));
        Assert.Equal(["a=1, DEFAULT, -"], Evaluate(model));
    }

    [Fact]
    public void Evaluate_Segments_AreNamedInOrder()
    {
        var model = new EnvironmentModel
        {
            Key = "env",
            Segments = [Segment("b", Always), Segment("never", Never), Segment("a", Always), Segment("b", Always), new Segment { Key = "1", Name = "no rules" }],
        };

        Assert.Equal(["b", "a", "b"], ReferenceInterpreter.Evaluate(model, null).Segments);
    }

    private static string[] Evaluate(EnvironmentModel model, Identity? identity = null) =>
        [.. ReferenceInterpreter.Evaluate(model, identity).Flags.Select(flag => $"{flag.Name}={flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}")];

    private static FeatureState State(string name, ScalarValue value) => new() { Name = name, Value = value };

    private static Segment Segment(string name, SegmentRule rule, params SegmentOverride[] overrides) =>
        new() { Key = "1", Name = name, Rules = [rule], Overrides = overrides };

    private static SegmentOverride Override(string name, ScalarValue value, double? priority = null) =>
        new() { State = State(name, value), Priority = priority };
}
