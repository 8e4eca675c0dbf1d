using System.Globalization;
using EdgeProxy.Engine.Model;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

/// <summary>Prerequisites with variants: conditions see the picked one, although variants are picked in batches.</summary>
public sealed class VariantDependencyTests
{
    [Theory]
    [InlineData("value", "red value")]
    [InlineData("variant", "red")]
    [InlineData("reason", "SPLIT; weight=100")]
    public void Evaluate_PickedVariant_IsRead(string field, string expected)
    {
        Assert.True(Reads(Multivariate("p", 100, "red"), field, expected));
    }

    [Theory]
    [InlineData("value", "own")]
    [InlineData("variant", "control")]
    [InlineData("reason", "DEFAULT")]
    public void Evaluate_NoVariantPicked_ReadsControl(string field, string expected)
    {
        Assert.True(Reads(Multivariate("p", 0, "red"), field, expected));
    }

    [Fact]
    public void Evaluate_PickedVariantWithoutKey_HasNoVariant()
    {
        var asks = Segment("asks", All(Condition("$.flags.p.variant", IsNotSet), Condition("$.flags.p.value", IsSet)), On("d"));

        Assert.True(Evaluate(EnvironmentOf([Off("d"), Multivariate("p", 100, null)], asks)).Flags["d"].Enabled);
    }

    [Fact]
    public void Evaluate_WithoutIdentity_VariantIsNull()
    {
        var asks = Segment("asks", All(Condition("$.flags.p.variant", IsNotSet), Condition("$.flags.p.value", Equal, "own")), On("d"));

        Assert.True(Compile(EnvironmentOf([Off("d"), Multivariate("p", 100, "red")], asks)).Evaluate().Flags["d"].Enabled);
    }

    [Fact]
    public void Evaluate_OverrideWithVariants_IsReadAsPicked()
    {
        var model = EnvironmentOf(
            [Off("d"), On("p")],
            Segment("asks", All(Condition("$.flags.p.variant", Equal, "red")), On("d")),
            Segment("gold", All(Condition("tier", Equal, "gold")), Multivariate("p", 100, "red")));

        Assert.True(Evaluate(model, ("tier", "gold")).Flags["d"].Enabled);
        Assert.False(Evaluate(model).Flags["d"].Enabled);
    }

    [Fact]
    public void Evaluate_MoreVariantsThanABatch_EachDependentSeesItsOwn()
    {
        const int Count = 50;
        var names = Enumerable.Range(0, Count).Select(static i => i.ToString("D2", CultureInfo.InvariantCulture)).ToList();
        var model = EnvironmentOf(
            [.. names.Select(static name => Multivariate($"p{name}", 50, "red")), .. names.Select(static name => Off($"d{name}"))],
            [.. names.Select(static name => Segment($"s{name}", All(Condition($"$.flags.p{name}.variant", Equal, "red")), On($"d{name}")))]);
        var snapshot = Compile(model);

        var seen = 0;
        for (var identity = 0; identity < 20; identity++)
        {
            var flags = snapshot.Evaluate(new Identity($"user-{identity}")).Flags;
            foreach (var name in names)
            {
                Assert.Equal(flags[$"p{name}"].Variant == "red", flags[$"d{name}"].Enabled);
                seen += flags[$"d{name}"].Enabled ? 1 : 0;
            }
        }

        Assert.InRange(seen, Count, 19 * Count);
    }

    private static bool Reads(FeatureState prerequisite, string member, string expected) =>
        Evaluate(EnvironmentOf([Off("d"), prerequisite], Segment("asks", All(Condition($"$.flags.p.{member}", Equal, expected)), On("d")))).Flags["d"].Enabled;

    private static FeatureState Multivariate(string name, int weight, string? key) => On(name, "own") with
    {
        Variants = [new Variant { Key = key, Value = $"{key} value", Weight = (ScalarValue)weight }],
    };
}
