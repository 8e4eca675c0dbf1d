using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

/// <summary>Dependencies without cycles (docs/spec/flag-dependencies.md 1 and 3).</summary>
public sealed class FlagDependencyTests
{
    [Fact]
    public void Evaluate_GateOfFlagsmith_DependentFollowsPrerequisite()
    {
        Assert.Equal(["dependent", "pay-api"], Enabled(Evaluate(EnvironmentOf([On("dependent"), On("pay-api")], Gate("dependent", "pay-api")))));
        Assert.Equal([], Enabled(Evaluate(EnvironmentOf([On("dependent"), Off("pay-api")], Gate("dependent", "pay-api")))));
        Assert.Equal(["dependent"], Enabled(Evaluate(EnvironmentOf([On("dependent")], Gate("dependent", "pay-api")))));
    }

    [Fact]
    public void Evaluate_KillSwitchInANoneRule_GuardsTheFeature()
    {
        var segment = Segment("not killed", None(Condition("$.flags.kill_switch.enabled", Equal, "true")), On("guarded"));

        Assert.Equal(["kill_switch"], Enabled(Evaluate(EnvironmentOf([Off("guarded"), On("kill_switch")], segment))));
        Assert.Equal(["guarded"], Enabled(Evaluate(EnvironmentOf([Off("guarded"), Off("kill_switch")], segment))));
        Assert.Equal(["guarded"], Enabled(Evaluate(EnvironmentOf([Off("guarded")], segment))));
    }

    [Fact]
    public void Evaluate_ChainInAnyOrder_Cascades()
    {
        string[] names = ["a", "b", "c"];
        foreach (var order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 2, 0] })
        {
            Segment[] gates = [Gate("b", "a"), Gate("c", "b")];
            foreach (var segments in new[] { gates, [.. gates.Reverse()] })
            {
                Assert.Equal([], Enabled(Evaluate(EnvironmentOf([.. order.Select(i => names[i] == "a" ? Off("a") : On(names[i]))], segments))));
                Assert.Equal(3, Enabled(Evaluate(EnvironmentOf([.. order.Select(i => On(names[i]))], segments))).Count());
            }
        }
    }

    [Fact]
    public void Evaluate_Diamond_EachSideIsResolved()
    {
        Segment[] segments = [Gate("top", "left"), Gate("top", "right"), Gate("left", "base"), Gate("right", "base")];

        Assert.Equal([], Enabled(Evaluate(EnvironmentOf([On("top"), On("left"), On("right"), Off("base")], segments))));
        Assert.Equal(["left", "base"], Enabled(Evaluate(EnvironmentOf([On("top"), On("left"), Off("right"), On("base")], segments))));
    }

    [Fact]
    public void Evaluate_Priorities_AreUntouched()
    {
        var trait = Segment("gold", All(Condition("tier", Equal, "gold")), On("d")).WithPriority(1);
        var model = EnvironmentOf([On("d"), Off("p")], Gate("d", "p").WithPriority(2), trait);

        var result = Evaluate(model, ("tier", "gold"));
        Assert.True(result.Flags["d"].Enabled);
        Assert.Equal("TARGETING_MATCH; segment=gold", result.Flags["d"].Reason);
        Assert.Equal(["d-depends-on-p", "gold"], Matching(result));
        Assert.False(Evaluate(model).Flags["d"].Enabled);
    }

    [Fact]
    public void Evaluate_IdentityOverrides_BeatTheGateAndCountOnThePrerequisite()
    {
        var model = EnvironmentOf([On("d"), Off("p")], Gate("d", "p"));

        Assert.Equal(["d"], Enabled(Evaluate(model with { IdentityOverrides = [Override(On("d"))] })));
        Assert.Equal(["d", "p"], Enabled(Evaluate(model with { IdentityOverrides = [Override(On("p"))] })));

        static IdentityOverride Override(FeatureState state) => new() { Identifier = "somebody", States = [state] };
    }

    [Fact]
    public void Evaluate_PrerequisiteOverriddenByALaterSegment_IsReadAsOverridden()
    {
        var model = EnvironmentOf([On("d"), Off("p")], Gate("d", "p"), Segment("gold", All(Condition("tier", Equal, "gold")), On("p")));

        Assert.Equal(["d", "p"], Enabled(Evaluate(model, ("tier", "gold"))));
        Assert.Equal([], Enabled(Evaluate(model)));
    }

    [Fact]
    public void Evaluate_SegmentWithoutOverrides_IsReported()
    {
        var model = EnvironmentOf([On("p")], Segment("asks", All(IsOn("p"))), Segment("asks twice", All(IsOn("p"), Condition("$.flags.p.value", IsSet))));

        Assert.Equal(["asks"], Matching(Evaluate(model)));
    }

    [Fact]
    public void EnvironmentFlags_Dependencies_AreEvaluated()
    {
        var snapshot = Compile(EnvironmentOf([On("d"), On("split"), Off("p")], Gate("d", "p"), Segment("blank", All(Condition("", PercentageSplit, "100"), IsOn("d")), Off("split"))));

        Assert.Equal(["split"], Enabled(snapshot.Evaluate()));
        Assert.Contains("\"d\",\"type\":\"STANDARD\"},\"enabled\":false", Text(snapshot.EnvironmentFlags(FlagAudience.Server)), StringComparison.Ordinal);
        Assert.Contains("\"enabled\":false", Text(snapshot.EnvironmentFlag("d"u8, FlagAudience.Server)), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_PrerequisitesHiddenFromClients_CountAsAnyOther()
    {
        var model = EnvironmentOf(
            [On("d") with { FeatureId = 1 }, Off("p") with { FeatureId = 2 }, On("e") with { FeatureId = 3 }, On("q") with { FeatureId = 4 }],
            Gate("d", "p") with { Overrides = [new SegmentOverride { State = On("d", "gated") with { FeatureId = 1 } }] },
            Segment("q on", All(IsOn("q")), On("e", "gated") with { FeatureId = 3 }));
        var snapshot = Compile(model with { HideDisabledFlags = true, ServerKeyOnlyFeatureIds = new HashSet<long> { 4 } });

        var body = Text(snapshot.EnvironmentFlags(FlagAudience.Client));
        Assert.DoesNotContain("\"p\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"q\"", body, StringComparison.Ordinal);
        Assert.Equal(3, body.Split("gated").Length);
    }

    [Fact]
    public void Compile_DocumentWithIdentityOverridesOfAPrerequisite_ReadsThem()
    {
        const string Document = """
            {
              "id": 1, "api_key": "env", "feature_states": [
                { "feature": { "id": 1, "name": "d" }, "enabled": true, "feature_state_value": null, "django_id": 1 },
                { "feature": { "id": 2, "name": "p" }, "enabled": false, "feature_state_value": "x", "django_id": 2 }
              ],
              "project": { "segments": [ { "id": 1, "name": "s", "rules": [ { "type": "ALL", "rules": [], "conditions": [
                { "property_": "$.flags.p.value", "operator": "IN", "value": "007,7,ünï" } ] } ],
                "feature_states": [ { "feature": { "id": 1, "name": "d" }, "enabled": false, "feature_state_value": null } ] } ] },
              "identity_overrides": [
                { "identifier": "one", "identity_features": [ { "feature": { "id": 2, "name": "p" }, "enabled": true, "feature_state_value": "\u00fcn\u00ef" } ] },
                { "identifier": "two", "identity_features": [ { "feature": { "id": 2, "name": "p" }, "enabled": true, "feature_state_value": 7 } ] },
                { "identifier": "three", "identity_features": [ { "feature": { "id": 2, "name": "p" }, "enabled": true, "feature_state_value": "seven" } ] }
              ]
            }
            """;
        var result = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(Document));

        Assert.Empty(result.Problems);
        Assert.False(result.Snapshot.Evaluate(new Identity("one")).Flags["d"].Enabled);
        Assert.False(result.Snapshot.Evaluate(new Identity("two")).Flags["d"].Enabled);
        Assert.True(result.Snapshot.Evaluate(new Identity("three")).Flags["d"].Enabled);
        Assert.True(result.Snapshot.Evaluate(new Identity("four")).Flags["d"].Enabled);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
