using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

/// <summary>The values that conditions find at <c>$.flags</c> (docs/spec/flag-dependencies.md 2).</summary>
public sealed class FlagPathTests
{
    private static readonly JsonElement Metadata = JsonElement.Parse(
        """{"id":1,"owner":"team-a","null":null,"list":["x"],"experiment":{"id":7,"name":"checkout","in_experiment":true}}"""u8);

    private static readonly Segment Others = Segment(
        "other", All(Condition("tier", Equal, "gold")), On("text", "overridden"), Off("p"));

    public static TheoryData<string, string, string?, bool> Paths => new()
    {
        { "$.flags.p.enabled", Equal, "true", true },
        { "$.flags['p'].enabled", Equal, "true", true },
        { "$.flags[\"p\"][\"enabled\"]", Equal, "true", true },
        { "$.flags[ 'p' ]['enabled']", Equal, "true", true },
        { "$.flags .p .enabled", Equal, "true", true },
        { "$.flags.my-flag.enabled", Equal, "true", true },
        { "$.flags[\"\\u00fcn\\u00ef \\ud83d\\ude00\"].enabled", Equal, "true", true },
        { "$.flags[\"quo\\\"te\\\\\"].enabled", Equal, "true", true },
        { "$.flags['a.b'].enabled", Equal, "true", true },
        { "$.flags.a.b.enabled", IsNotSet, null, true },
        { "$.flags['gone','p'].enabled", Equal, "true", true },
        { "$.flags['off','p'].enabled", Equal, "false", true },
        { "$.flags.p['nothing','enabled']", Equal, "true", true },
        { "$.flags['p','off']['nothing','enabled']", Equal, "true", true },
        { "$['flags']['p'].enabled", IsSet, null, false },

        { "$.flags", IsSet, null, false },
        { "$.flags.p", IsSet, null, false },
        { "$.flags.p", IsNotSet, null, true },
        { "$.flags.p.nothing", IsSet, null, false },
        { "$.flags.p.enabled.length", IsSet, null, false },
        { "$.flags.p[0]", IsSet, null, false },
        { "$.flags.p.metadata", IsSet, null, false },
        { "$.flags.*", IsSet, null, false },
        { "$.flags.*.enabled", IsSet, null, false },
        { "$.flags..enabled", IsSet, null, false },
        { "$.flags[?@.enabled].enabled", IsSet, null, false },
        { "$.flagsp.enabled", IsSet, null, false },

        // Not a feature of the environment.
        { "$.flags.gone.enabled", Equal, "true", false },
        { "$.flags.gone.enabled", NotEqual, "true", false },
        { "$.flags.gone.enabled", IsNotSet, null, true },
        { "$.flags.gone.enabled", PercentageSplit, "100", false },
        { "$.flags.overridden-only.enabled", IsSet, null, false },

        // A boolean.
        { "$.flags.p.enabled", Equal, "1", true },
        { "$.flags.p.enabled", Equal, "False", false },
        { "$.flags.off.enabled", Equal, "False", true },
        { "$.flags.off.enabled", NotEqual, "true", true },
        { "$.flags.p.enabled", In, "true,True,1", false },
        { "$.flags.p.enabled", Contains, "T", false },
        { "$.flags.p.enabled", NotContains, "x", false },
        { "$.flags.p.enabled", Regex, "True$", true },
        { "$.flags.p.enabled", Modulo, "2|1", true },
        { "$.flags.off.enabled", Modulo, "2|0", true },
        { "$.flags.p.enabled", PercentageSplit, "100", true },

        // Values are mapped as those of traits are.
        { "$.flags.number.value", Equal, "7", true },
        { "$.flags.number.value", In, "7", true },
        { "$.flags.number.value", In, "007", false },
        { "$.flags.number.value", GreaterThan, "6", true },
        { "$.flags.double.value", Equal, "1.5", true },
        { "$.flags.double.value", In, "1.50", false },
        { "$.flags.true.value", Equal, "true", true },
        { "$.flags.true.value", Contains, "ru", true },
        { "$.flags.large.value", Equal, "123456789012345678901234567890", true },
        { "$.flags.text.value", Equal, "blue", true },
        { "$.flags.text.value", Regex, "b.*e$", true },
        { "$.flags.p.value", IsSet, null, false },
        { "$.flags.p.value", Equal, "None", false },

        { "$.flags.p.name", Equal, "p", true },
        { "$.flags.p.reason", Equal, "DEFAULT", true },
        { "$.flags.p.metadata.id", Equal, "12", true },
        { "$.flags.off.metadata.id", IsSet, null, false },
        { "$.flags['off','p'].metadata.id", Equal, "12", true },
        { "$.flags.p.metadata.owner", Equal, "team-a", true },
        { "$.flags.p.metadata['nothing', 'owner']", Equal, "team-a", true },
        { "$.flags.p['nothing', 'metadata'].owner", Equal, "team-a", true },
        { "$.flags['off','p'].metadata.owner", Equal, "team-a", true },
        { "$.flags.p.metadata.experiment.name", Equal, "checkout", true },
        { "$.flags.p.metadata[\"experiment\"]['in_experiment']", Equal, "true", true },
        { "$.flags.p.metadata.experiment.id", GreaterThan, "6", true },
        { "$.flags.p.metadata['id', 'experiment'].id", Equal, "7", true },
        { "$.flags.p.metadata.experiment", IsSet, null, false },
        { "$.flags.p.metadata.experiment.id.more", IsSet, null, false },
        { "$.flags.p.metadata.id.more", IsSet, null, false },
        { "$.flags.p.metadata.nothing", IsNotSet, null, true },
        { "$.flags.p.metadata.null", IsSet, null, false },
        { "$.flags.p.metadata.list[0]", IsSet, null, false },
        { "$.flags.p.metadata.*", IsSet, null, false },
        { "$.flags.p.enabled.owner", IsSet, null, false },
        { "$.flags.p.variant", IsSet, null, false },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Evaluate_ConditionOnAPath_AsTheEngineOfFlagsmith(string property, string @operator, string? operand, bool holds)
    {
        var result = Evaluate(Asked(Segment("asks", All(Condition(property, @operator, operand)), On("d"))));

        Assert.Equal(holds, result.Flags["d"].Enabled);
        Assert.Equal(holds, Matching(result).Contains("asks"));
    }

    [Fact]
    public void Evaluate_OverriddenPrerequisite_IsReadAsOverridden()
    {
        string[] properties = ["$.flags.text.value", "$.flags.text.reason", "$.flags.p.enabled"];
        string[] values = ["overridden", "TARGETING_MATCH; segment=other", "false"];
        foreach (var (property, value) in properties.Zip(values))
        {
            var model = Asked(Segment("asks", All(Condition(property, Equal, value)), On("d")));

            Assert.True(Evaluate(model, ("tier", "gold")).Flags["d"].Enabled);
            Assert.False(Evaluate(model, ("tier", "iron")).Flags["d"].Enabled);
        }
    }

    [Fact]
    public void Evaluate_TraitNamedAsThePath_ComesFirst()
    {
        var model = Asked(Segment("asks", All(Condition("$.flags.off.enabled", Equal, "true")), On("d")));

        Assert.True(Evaluate(model, ("$.flags.off.enabled", true)).Flags["d"].Enabled);
        Assert.False(Evaluate(model, ("$.flags.off.enabled", true)).Flags["off"].Enabled);
        Assert.False(Evaluate(model, ("$.flags.off.enabled", ScalarValue.Null)).Flags["d"].Enabled);
    }

    [Fact]
    public void Evaluate_MetadataOfAnIdentityOverride_IsRead()
    {
        var snapshot = EnvironmentCompiler.Compile(
            """
            {
              "api_key": "env",
              "feature_states": [
                { "feature": { "id": 1, "name": "p" }, "enabled": true, "feature_state_value": null },
                { "feature": { "id": 2, "name": "d" }, "enabled": false, "feature_state_value": null }
              ],
              "identity_overrides": [
                {
                  "identifier": "ada",
                  "identity_features": [
                    { "feature": { "id": 1, "name": "p" }, "enabled": true, "feature_state_value": null, "metadata": { "experiment": { "name": "checkout" } } }
                  ]
                }
              ],
              "project": {
                "segments": [
                  {
                    "id": 1,
                    "name": "asks",
                    "rules": [{ "type": "ALL", "conditions": [{ "operator": "EQUAL", "property_": "$.flags.p.metadata.experiment.name", "value": "checkout" }] }],
                    "feature_states": [{ "feature": { "id": 2, "name": "d" }, "enabled": true, "feature_state_value": null }]
                  }
                ]
              }
            }
            """u8.ToArray()).Snapshot;

        Assert.True(snapshot.Evaluate(new Identity("ada")).Flags["d"].Enabled);
        Assert.False(snapshot.Evaluate(new Identity("bob")).Flags["d"].Enabled);
    }

    private static EnvironmentModel Asked(Segment asks) => EnvironmentOf(
        [
            Off("d"), On("p") with { FeatureId = 12, Metadata = Metadata }, Off("off"), On("my-flag"), On("ünï 😀"), On("quo\"te\\"), On("a.b"), On("a"),
            On("number", "007"), On("double", "1.50"), On("true", "true"), On("text", "blue"), On("large", "0123456789012345678901234567890"),
        ],
        asks,
        Others,
        Segment("everybody", All(Condition("nothing", IsNotSet)), On("overridden-only")));
}
