using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed partial class ReferenceInterpreterTests
{
    /// <summary>Hash of the feature key 78986 and this identity key: 49.27985597119424.</summary>
    private static readonly Identity HalfWay = new("somebody") { Key = "32103813" };

    [Theory]
    [InlineData("30", "30", "two, SPLIT; weight=30, key-two")]
    [InlineData("50", "30", "one, SPLIT; weight=50, key-one")]
    [InlineData("30.0", "3e1", "two, SPLIT; weight=30.0, key-two")]
    [InlineData("49.27985597119424", "0", "own, DEFAULT, control")]
    [InlineData("49.27985597119424", "1e-7", "two, SPLIT; weight=1e-07, key-two")]
    [InlineData("49.27985597119425", "0", "one, SPLIT; weight=49.27985597119425, key-one")]
    [InlineData("0", "0", "own, DEFAULT, control")]
    [InlineData("10", "10", "own, DEFAULT, control")]
    [InlineData("0", "100", "two, SPLIT; weight=100, key-two")]
    [InlineData("-0", "1e16", "two, SPLIT; weight=1e+16, key-two")]
    [InlineData("100", "100", "one, SPLIT; weight=100, key-one")]
    public void Evaluate_Variants_PickTheOneTheHashFallsInto(string first, string second, string expected)
    {
        var feature = Multivariate(Variant("one", first, 1), Variant("two", second, 2));

        Assert.Equal([$"f={expected}"], Evaluate(new EnvironmentModel { Key = "env", Features = [feature] }, HalfWay));
    }

    [Theory]
    [InlineData(2, 1, "two")]
    [InlineData(1, 1, "one")]
    [InlineData(null, 5, "two")]
    [InlineData(5, null, "one")]
    [InlineData(null, null, "one")]
    [InlineData(0, -1, "two")]
    public void Evaluate_VariantPriorities_AscendWithNullLast(int? first, int? second, string expected)
    {
        var feature = Multivariate(Variant("one", "100", first), Variant("two", "100", second));

        Assert.Equal(
            [$"f={expected}, SPLIT; weight=100, key-{expected}"],
            Evaluate(new EnvironmentModel { Key = "env", Features = [feature] }, HalfWay));
    }

    [Fact]
    public void Evaluate_VariantWithoutKey_HasNoVariantName()
    {
        var feature = Multivariate(new Variant { Value = 1, Weight = 100 });

        Assert.Equal(["f=1, SPLIT; weight=100, -"], Evaluate(new EnvironmentModel { Key = "env", Features = [feature] }, HalfWay));
    }

    [Fact]
    public void Evaluate_VariantsWithoutIdentity_GiveNoVariantName()
    {
        var feature = Multivariate(Variant("one", "100", 1));

        Assert.Equal(["f=own, DEFAULT, -"], Evaluate(new EnvironmentModel { Key = "env", Features = [feature] }));
    }

    [Fact]
    public void Evaluate_IdentityKeyNullOrEmpty_IsMadeOfEnvironmentKeyAndIdentifier()
    {
        // The hash of 78986 and test_env_foobar is 54.53, that of 78986 and other_foobar 79.64.
        var model = new EnvironmentModel { Key = "test_env", Features = [Multivariate(Variant("one", "54.54", 1))] };

        Assert.Equal(["f=one, SPLIT; weight=54.54, key-one"], Evaluate(model, new Identity("foobar")));
        Assert.Equal(["f=one, SPLIT; weight=54.54, key-one"], Evaluate(model, new Identity("foobar") { Key = "" }));
        Assert.Equal(["f=one, SPLIT; weight=54.54, key-one"], Evaluate(model, new Identity("x") { Key = "test_env_foobar" }));
        Assert.Equal(["f=own, DEFAULT, control"], Evaluate(model with { Key = "other" }, new Identity("foobar")));
    }

    [Fact]
    public void Evaluate_OverrideWithVariants_SplitsByItsOwnKey()
    {
        var environmentState = Multivariate(Variant("one", "100", 1)) with { Key = "other" };
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [environmentState],
            Segments = [new Segment { Key = "1", Name = "s", Rules = [Always], Overrides = [new SegmentOverride { State = Multivariate(Variant("two", "49.28", 1)) }] }],
        };

        Assert.Equal(["f=two, SPLIT; weight=49.28, key-two"], Evaluate(model, HalfWay));
        Assert.Equal(["f=own, TARGETING_MATCH; segment=s, control"], Evaluate(model, new Identity("x") { Key = "test_env_foobar" }));
        Assert.Equal(["f=own, TARGETING_MATCH; segment=s, -"], Evaluate(model));
    }

    [Fact]
    public void Evaluate_OverrideWithoutVariants_EndsTheSplit()
    {
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [Multivariate(Variant("one", "100", 1))],
            Segments = [Segment("s", Always, Override("f", "plain"))],
        };

        Assert.Equal(["f=plain, TARGETING_MATCH; segment=s, -"], Evaluate(model, HalfWay));
    }

    [Fact]
    public void Evaluate_IdentityOverrideWithVariants_IsNotMultivariate()
    {
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = [State("f", "1")],
            IdentityOverrides = [new IdentityOverride { Identifier = HalfWay.Identifier, States = [Multivariate(Variant("one", "100", 1))] }],
        };

        Assert.Equal(["f=own, TARGETING_MATCH; segment=identity_overrides, -"], Evaluate(model, HalfWay));
    }

    private static FeatureState Multivariate(params Variant[] variants) =>
        new() { Name = "f", Key = "78986", Value = "own", Variants = variants };

    private static Variant Variant(string value, string weight, int? priority) =>
        new() { Value = value, Key = $"key-{value}", Weight = ScalarValue.FromJsonNumber(weight), Priority = priority };
}
