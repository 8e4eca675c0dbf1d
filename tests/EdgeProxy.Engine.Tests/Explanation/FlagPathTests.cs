using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Explanation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Explanation;

/// <summary>Conditions that name several members of a flag: the first that there is counts (docs/spec/flag-dependencies.md 2.2).</summary>
public sealed class FlagPathTests
{
    [Theory]
    [InlineData("$.flags.api['enabled','variant']", true)]
    [InlineData("$.flags.api['variant','enabled']", false)]
    [InlineData("$.flags.api['nothing','enabled']", true)]
    public void Evaluate_SeveralMembersWithoutIdentity_ReadsTheFirst(string property, bool expected)
    {
        var model = Model(new FeatureState { Name = "api", Enabled = true }, property);

        Assert.Equal(expected, EnvironmentExplainer.Create(model).Explain(feature: "pay").Flags[0].Flag.Enabled);
        Assert.Equal(expected, EnvironmentCompiler.Compile(model).Snapshot.Evaluate().Flags["pay"].Enabled);
    }

    [Fact]
    public void Explain_ValueOfAFlagWithEnabledInItsName_NotDescribedAsItsState()
    {
        var model = Model(new FeatureState { Name = "is_enabled", Enabled = false, Value = true }, "$.flags.is_enabled.value");

        Assert.Equal(
            "on: segment with-api matches (flag is_enabled is true)",
            EnvironmentExplainer.Create(model).Explain(feature: "pay").Flags[0].Summary);
    }

    /// <summary>Creates an environment with a segment that reads a flag, and a feature that it switches on.</summary>
    private static EnvironmentModel Model(FeatureState read, string property) => new()
    {
        Key = "key",
        Features = [read, new FeatureState { Name = "pay" }],
        Segments =
        [
            new Segment
            {
                Key = "1",
                Name = "with-api",
                Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = property, Operator = ConditionOperators.Equal, Value = "true" }] }],
                Overrides = [new SegmentOverride { State = new FeatureState { Name = "pay", Enabled = true } }],
            },
        ],
    };
}
