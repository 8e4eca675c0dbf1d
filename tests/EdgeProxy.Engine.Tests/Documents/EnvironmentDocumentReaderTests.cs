using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>Environment documents (docs/spec/evaluation.md 1), invalid parts included.</summary>
public sealed class EnvironmentDocumentReaderTests
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON (line 1, byte 2)")]
    [InlineData("{}x", "not valid JSON")]
    [InlineData("[]", "$ is not an object")]
    [InlineData("null", "$ is not an object")]
    [InlineData("{}", "$.api_key is missing")]
    [InlineData("""{"api_key":1,"feature_states":[],"project":{}}""", "$.api_key is not a string")]
    [InlineData("""{"api_key":null,"feature_states":[],"project":{}}""", "$.api_key is not a string")]
    [InlineData("""{"api_key":"k","project":{}}""", "$.feature_states is missing")]
    [InlineData("""{"api_key":"k","feature_states":null,"project":{}}""", "$.feature_states is not an array")]
    [InlineData("""{"api_key":"k","feature_states":{},"project":{}}""", "$.feature_states is not an array")]
    [InlineData("""{"api_key":"k","feature_states":[]}""", "$.project is missing")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":[]}""", "$.project is not an object")]
    [InlineData("""{"api_key":"\ud800","feature_states":[],"project":{}}""", "$.api_key holds half of a surrogate pair")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":{},"\ud800":1}""", "$ has a member whose name holds half of a surrogate pair")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":{},"\ud800entity_overrides":[{}]}""", "$ has a member whose name holds half of a surrogate pair")]
    public void Read_NotADocument_RefusedWithWhatAndWhere(string document, string expected)
    {
        var exception = Assert.Throws<EnvironmentDocumentException>(() => Compile(document));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8_Refused()
    {
        var document = Encoding.UTF8.GetBytes(Minimal().ToJsonString()).ToList();
        document.InsertRange(document.IndexOf((byte)'k') + 1, [0xC3, 0x28]);

        Assert.Throws<EnvironmentDocumentException>(() => EnvironmentCompiler.Compile(document.ToArray()));
    }

    [Fact]
    public void Read_TruncatedAnywhere_Refused()
    {
        var document = Encoding.UTF8.GetBytes(Minimal(State("a")).ToJsonString());
        for (var length = 0; length < document.Length; length++)
        {
            Assert.Throws<EnvironmentDocumentException>(() => EnvironmentCompiler.Compile(document.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Read_OnlyWhatMustBeThere_AnEmptyEnvironment()
    {
        var (snapshot, problems) = Compile("""{"api_key":"k","feature_states":[],"project":{}}""");

        Assert.Empty(problems);
        Assert.Equal("k", snapshot.Key);
        Assert.Equal("", snapshot.Name);
        Assert.Null(snapshot.UpdatedAt);
        Assert.True(snapshot.AllowClientTraits);
        Assert.True(snapshot.UseClientTraits);
        Assert.True(snapshot.PersistTraitData);
        Assert.False(snapshot.HideSensitiveData);
        Assert.Empty(snapshot.Evaluate(new Identity("x")).Flags);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    public void Read_ClientTraits_EvaluatedAsTheirOwnSettingSays(bool allowed, bool? inEvaluation, bool used)
    {
        var document = Minimal(State("a"));
        document["allow_client_traits"] = allowed;
        document["allow_client_traits_in_evaluation"] = inEvaluation;

        var snapshot = Compile(document.ToJsonString()).Snapshot;

        Assert.Equal((allowed, used), (snapshot.AllowClientTraits, snapshot.UseClientTraits));
    }

    [Theory]
    [InlineData("""{"persist_trait_data":false}""", false, 0)]
    [InlineData("""{"persist_trait_data":true}""", true, 0)]
    [InlineData("""{"persist_trait_data":null}""", true, 0)]
    [InlineData("""{"persist_trait_data":"no"}""", true, 1)]
    [InlineData("{}", true, 0)]
    [InlineData("null", true, 0)]
    [InlineData("[]", true, 0)]
    public void Read_OrganisationThatStoresNoTraits_Known(string organisation, bool persists, int problems)
    {
        var document = Minimal(State("a"));
        document["project"]!["organisation"] = JsonNode.Parse(organisation);

        var compiled = Compile(document.ToJsonString());

        Assert.Equal((persists, problems), (compiled.Snapshot.PersistTraitData, compiled.Problems.Count));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("updated_at")]
    [InlineData("identity_overrides")]
    [InlineData("hide_disabled_flags")]
    [InlineData("allow_client_traits")]
    [InlineData("allow_client_traits_in_evaluation")]
    [InlineData("hide_sensitive_data")]
    public void Read_OptionalMemberMissingOrNull_NoProblem(string name)
    {
        var document = Minimal(State("a"));
        document.Remove(name);
        Assert.Empty(Compile(document.ToJsonString()).Problems);

        document[name] = null;
        Assert.Empty(Compile(document.ToJsonString()).Problems);
    }

    [Theory]
    [InlineData("django_id")]
    [InlineData("featurestate_uuid")]
    [InlineData("feature_segment")]
    [InlineData("multivariate_feature_state_values")]
    public void Read_OptionalMemberOfAStateMissingOrNull_NoProblem(string name)
    {
        var state = State("a");
        state.Remove(name);
        Assert.Empty(Compile(Minimal(state).ToJsonString()).Problems);

        state = State("a");
        state[name] = null;
        Assert.Empty(Compile(Minimal(state).ToJsonString()).Problems);
    }

    [Theory]
    [InlineData("2026-01-24T10:00:00.123456Z", "2026-01-24T10:00:00.1234560+00:00")]
    [InlineData("2023-07-14 16:12:00.000000", "2023-07-14T16:12:00.0000000+00:00")]
    [InlineData("2026-01-24T10:00:00+02:00", "2026-01-24T08:00:00.0000000+00:00")]
    [InlineData("yesterday", null)]
    [InlineData(null, null)]
    public void Read_UpdatedAt_ATimeOrNone(string? text, string? expected)
    {
        var document = Minimal();
        document["updated_at"] = text;

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Empty(problems);
        Assert.Equal(expected, snapshot.UpdatedAt?.ToString("o"));
    }

    [Theory]
    [InlineData("feature", null, "$.feature_states[1].feature is not an object")]
    [InlineData("feature", """{"id":1}""", "$.feature_states[1].feature.name is missing")]
    [InlineData("feature", """{"name":"odd"}""", "$.feature_states[1].feature.id is missing")]
    [InlineData("feature", """{"name":"odd","id":"1"}""", "$.feature_states[1].feature.id is not a whole number")]
    [InlineData("feature", """{"name":"odd","id":1.5}""", "$.feature_states[1].feature.id is not a whole number")]
    [InlineData("feature", """{"name":5,"id":1}""", "$.feature_states[1].feature.name is not a string")]
    [InlineData("feature", """{"name":"odd","id":1,"type":7}""", "$.feature_states[1].feature.type is not a string")]
    [InlineData("enabled", "1", "$.feature_states[1].enabled is not a boolean")]
    [InlineData("enabled", "", "$.feature_states[1].enabled is missing")]
    [InlineData("feature_state_value", "", "$.feature_states[1].feature_state_value is missing")]
    [InlineData("feature_state_value", "[1]", "$.feature_states[1].feature_state_value is not a string, a number, a boolean or null")]
    [InlineData("feature_state_value", "\"\\udc00\"", "$.feature_states[1].feature_state_value holds half of a surrogate pair")]
    [InlineData("feature", """{"\udc00":1,"name":"odd","id":1}""", "$.feature_states[1].feature has a member whose name holds half of a surrogate pair")]
    [InlineData("django_id", "{}", "$.feature_states[1].django_id is not a whole number")]
    public void Read_OddFeatureState_LeftOutAlone(string member, string? json, string expected)
    {
        var odd = State("odd");
        odd.Remove(member);
        if (json != "")
        {
            odd[member] = json is null ? null : "?";
        }

        var document = Minimal(State("before"), odd, State("after")).ToJsonString();
        if (json is not (null or ""))
        {
            document = document.Replace($"\"{member}\":\"?\"", $"\"{member}\":{json}", StringComparison.Ordinal);
        }

        var (snapshot, problems) = Compile(document);

        Assert.Equal(expected, Assert.Single(problems).ToString().Split(';')[0].Replace(": ", " ", StringComparison.Ordinal));
        Assert.Equal(["before", "after"], snapshot.Evaluate().Flags.Keys);
    }

    [Theory]
    [InlineData("5", "$.feature_states[0] is not an object")]
    [InlineData("null", "$.feature_states[0] is not an object")]
    public void Read_FeatureStateThatIsNone_LeftOut(string json, string expected)
    {
        var (snapshot, problems) = Compile($$$"""{"api_key":"k","feature_states":[{{{json}}},{{{State("a").ToJsonString()}}}],"project":{}}""");

        Assert.StartsWith(expected, Assert.Single(problems).ToString().Replace(": ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(snapshot.Evaluate().Flags);
    }

    [Fact]
    public void Read_RepeatedFeatureName_FirstPlaceAndLastContent()
    {
        var first = State("a");
        var last = State("a");
        last["feature"]!["id"] = 9;
        last["feature_state_value"] = "last";

        var flags = Compile(Minimal(first, State("b"), last).ToJsonString()).Snapshot.Evaluate().Flags;

        Assert.Equal(["a", "b"], flags.Keys);
        Assert.Equal("last", flags["a"].Value.Text);
        Assert.Equal(9, flags["a"].FeatureId);
    }

    [Theory]
    [InlineData("""{"id":3,"percentage_allocation":100,"multivariate_feature_option":{"value":"x"}}""", "x", null, "SPLIT; weight=100")]
    [InlineData("""{"id":3,"percentage_allocation":100.0,"multivariate_feature_option":{"value":"x","key":"the-x"}}""", "x", "the-x", "SPLIT; weight=100.0")]
    [InlineData("""{"id":null,"mv_fs_value_uuid":"58555db3-6206-4852-99a8-27a1e7916103","percentage_allocation":1e2,"multivariate_feature_option":{"value":1.50,"key":null}}""", "1.50", null, "SPLIT; weight=100.0")]
    public void Read_Variant_ValueKeyAndWeight(string json, string value, string? key, string reason)
    {
        var state = State("a");
        state["multivariate_feature_state_values"] = new JsonArray(JsonNode.Parse(json));

        var (snapshot, problems) = Compile(Minimal(state).ToJsonString());

        Assert.Empty(problems);
        var flag = snapshot.Evaluate(new Identity("somebody")).Flags["a"];
        Assert.Equal((value, key, reason), (flag.Value.Text, flag.Variant, flag.Reason));
    }

    [Theory]
    [InlineData("5", "is not an object")]
    [InlineData("""{"id":3,"multivariate_feature_option":{"value":"x"}}""", "percentage_allocation: is missing")]
    [InlineData("""{"id":3,"percentage_allocation":"100","multivariate_feature_option":{"value":"x"}}""", "percentage_allocation: is not a number")]
    [InlineData("""{"id":3,"percentage_allocation":100}""", "multivariate_feature_option: is missing")]
    [InlineData("""{"id":3,"percentage_allocation":100,"multivariate_feature_option":{}}""", "value: is missing")]
    [InlineData("""{"id":3.5,"percentage_allocation":100,"multivariate_feature_option":{"value":1}}""", "id: is not a whole number")]
    [InlineData("""{"mv_fs_value_uuid":"?","percentage_allocation":100,"multivariate_feature_option":{"value":1}}""", "mv_fs_value_uuid: is not a uuid")]
    public void Read_OddVariant_LeftOutAlone(string json, string expected) => CheckOddVariant(json, expected);

    [Fact]
    public void Read_VariantWithAnIdOfAMillionDigits_LeftOutAlone() => CheckOddVariant(
        $$$"""{"id":{{{new string('9', 1_000_000)}}},"percentage_allocation":100,"multivariate_feature_option":{"value":1}}""",
        "id: has more than 4300 digits");

    private static void CheckOddVariant(string json, string expected)
    {
        var state = State("a");
        state["multivariate_feature_state_values"] = new JsonArray(
            JsonNode.Parse(json), JsonNode.Parse("""{"id":9,"percentage_allocation":100,"multivariate_feature_option":{"value":"good"}}"""));

        var (snapshot, problems) = Compile(Minimal(state).ToJsonString());

        var problem = Assert.Single(problems);
        Assert.StartsWith("$.feature_states[0].multivariate_feature_state_values[0]", problem.Path, StringComparison.Ordinal);
        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal("good", snapshot.Evaluate(new Identity("somebody")).Flags["a"].Value.Text);
    }

    [Fact]
    public void Read_VariantsById_ThenByUuid()
    {
        // Ids come before uuids, which are numbers of 128 bits; of uuids the smaller number comes first.
        var state = State("a");
        state["multivariate_feature_state_values"] = new JsonArray(
            JsonNode.Parse("""{"id":0,"mv_fs_value_uuid":"20000000-0000-0000-0000-000000000000","percentage_allocation":100,"multivariate_feature_option":{"value":"second uuid"}}"""),
            JsonNode.Parse("""{"mv_fs_value_uuid":"10000000-0000-0000-0000-000000000001","percentage_allocation":100,"multivariate_feature_option":{"value":"first uuid"}}"""));
        Assert.Equal("first uuid", Value());

        state["multivariate_feature_state_values"]!.AsArray().Add(
            JsonNode.Parse("""{"id":999999,"mv_fs_value_uuid":"00000000-0000-0000-0000-000000000000","percentage_allocation":100,"multivariate_feature_option":{"value":"id"}}"""));
        Assert.Equal("id", Value());

        string Value() => Compile(Minimal(state).ToJsonString()).Snapshot.Evaluate(new Identity("somebody")).Flags["a"].Value.Text;
    }

    [Theory]
    [InlineData("""{"operator":"EQUAL","property_":"a","value":"1"}""", null)]
    [InlineData("""{"operator":"EQUAL","property_":null,"value":null}""", null)]
    [InlineData("""{"operator":"IS_SET"}""", null)]
    [InlineData("""{"operator":"IN","property_":"a","value":["1","2"]}""", null)]
    [InlineData("""{"operator":"EQUAL","property_":"a","value":1}""", null)]
    [InlineData("""{"operator":"SOUNDS_LIKE","property_":"a","value":"1"}""", "$.project.segments[1].rules[0].conditions[1]: unknown operator 'SOUNDS_LIKE'")]
    [InlineData("""{"property_":"a","value":"1"}""", "$.project.segments[1].rules[0].conditions[1].operator: is missing")]
    [InlineData("""{"operator":5,"property_":"a","value":"1"}""", "$.project.segments[1].rules[0].conditions[1].operator: is not a string")]
    [InlineData("""{"operator":"EQUAL","property_":5,"value":"1"}""", "$.project.segments[1].rules[0].conditions[1].property_: is not a string")]
    [InlineData("""{"operator":"EQUAL","property_":"a","value":["1"]}""", "$.project.segments[1].rules[0].conditions[1].value: is not a text")]
    [InlineData("""{"operator":"IN","property_":"a","value":{}}""", "$.project.segments[1].rules[0].conditions[1].value: is not a text")]
    [InlineData("\"EQUAL\"", "$.project.segments[1].rules[0].conditions[1]: is not an object")]
    [InlineData("""{"operator":"REGEX","property_":"a","value":"["}""", "$.project.segments[1].rules[0].conditions[1]: the regular expression '['")]
    [InlineData("""{"operator":"PERCENTAGE_SPLIT","property_":"a","value":"many"}""", "$.project.segments[1].rules[0].conditions[1]: the percentage 'many'")]
    [InlineData("""{"operator":"MODULO","property_":"a","value":"0|0"}""", "$.project.segments[1].rules[0].conditions[1]: the divisor is 0")]
    public void Read_AnyCondition_TakenOrNeverHolds(string condition, string? problem)
    {
        var odd = Segment(12, $$"""[{"type":"ANY","rules":[],"conditions":[{"operator":"IS_SET","property_":"never","value":null},{{condition}}]}]""");
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(
            Segment(11, """[{"type":"ALL","conditions":[{"operator":"IS_SET","property_":"other","value":null}]}]"""), odd);

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Equal(problem is null ? 0 : 1, problems.Count);
        if (problem is not null)
        {
            Assert.StartsWith(problem, problems[0].ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("segment 12", snapshot.Evaluate(new Identity("x") { Traits = { ["b"] = 1 } }).Segments.Select(static segment => segment.Name));
        Assert.Contains("segment 11", snapshot.Evaluate(new Identity("x") { Traits = { ["other"] = 1 } }).Segments.Select(static segment => segment.Name));
    }

    [Theory]
    [InlineData("""[{"conditions":[],"rules":[]}]""", "$.project.segments[0].rules[0].type: is missing")]
    [InlineData("""[{"type":"MOST","conditions":[],"rules":[]}]""", "$.project.segments[0].rules[0]: unknown rule type 'MOST'")]
    [InlineData("""[{"type":"all","conditions":[],"rules":[]}]""", "$.project.segments[0].rules[0]: unknown rule type 'all'")]
    [InlineData("[5]", "$.project.segments[0].rules[0]: is not an object")]
    [InlineData("""[{"type":"ALL","conditions":{},"rules":[]}]""", "$.project.segments[0].rules[0].conditions: is not an array")]
    [InlineData("""[{"type":"ALL","rules":[{"type":"ALL","rules":[null]}]}]""", "$.project.segments[0].rules[0].rules[0].rules[0]: is not an object")]
    [InlineData("{}", "$.project.segments[0].rules: is not an array")]
    public void Read_OddRule_NeverMatches(string rules, string problem)
    {
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(Segment(11, rules));

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.StartsWith(problem, Assert.Single(problems).ToString(), StringComparison.Ordinal);
        Assert.Empty(snapshot.Evaluate(new Identity("x")).Segments);
    }

    [Theory]
    [InlineData("""[{"type":"ALL","conditions":[],"rules":[]}]""", true)]
    [InlineData("""[{"type":"ALL"}]""", true)]
    [InlineData("""[{"type":"ANY","conditions":null,"rules":null}]""", true)]
    [InlineData("""[{"type":"NONE"}]""", true)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    public void Read_EmptyLists_Satisfied(string rules, bool matches)
    {
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(Segment(11, rules));

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Empty(problems);
        Assert.Equal(matches, snapshot.Evaluate().Segments.Count == 1);
        Assert.Equal(matches, snapshot.Evaluate().Flags["feature"].Enabled);
    }

    [Fact]
    public void Read_DeeplyNestedRules_Evaluated()
    {
        var rules = """[{"type":"ALL","conditions":[{"operator":"EQUAL","property_":"a","value":"1"}]}]""";
        for (var depth = 0; depth < 400; depth++)
        {
            rules = $$"""[{"type":"{{(depth % 2 == 0 ? "ALL" : "ANY")}}","conditions":[],"rules":{{rules}}}]""";
        }

        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray();
        var json = document.ToJsonString().Replace(
            "\"segments\":[]", $"\"segments\":[{Segment(11, "[]").ToJsonString().Replace("\"rules\":[]", $"\"rules\":{rules}", StringComparison.Ordinal)}]", StringComparison.Ordinal);

        var (snapshot, problems) = Compile(json);

        Assert.Empty(problems);
        Assert.True(snapshot.Evaluate(new Identity("x") { Traits = { ["a"] = 1 } }).Flags["feature"].Enabled);
        Assert.False(snapshot.Evaluate(new Identity("x")).Flags["feature"].Enabled);
    }

    [Fact]
    public void Read_RepeatedSegmentId_FirstPlaceAndLastContent()
    {
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(
            Segment(1, """[{"type":"ALL"}]"""), Segment(2, """[{"type":"ALL"}]"""), Segment(1, "[]"));

        Assert.Equal(["segment 2"], Compile(document.ToJsonString()).Snapshot.Evaluate().Segments.Select(static segment => segment.Name));
    }

    [Fact]
    public void Read_IdentityOverrides_ExactAndFirstCounts()
    {
        var document = Minimal(State("a"), State("b"));
        document["identity_overrides"] = new JsonArray(
            Override("007", State("a", "one")),
            Override("007", State("a", "two"), State("b", "two")),
            Override("1.50", State("a", "float")),
            Override("empty"),
            new JsonObject { ["identifier"] = "missing" },
            new JsonObject { ["identifier"] = "null", ["identity_features"] = null },
            Override("unknown", State("c", "nothing")));

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Empty(problems);
        Assert.Equal("one", Value("007", "a"));
        Assert.Equal("two", Value("007", "b"));
        Assert.Equal("own", Value("7", "a"));
        Assert.Equal("float", Value("1.50", "a"));
        Assert.Equal("own", Value("1.5", "a"));
        Assert.Equal("own", Value("unknown", "a"));
        Assert.Equal(2, snapshot.IdentityOverrideCount);
        Assert.Equal("TARGETING_MATCH; segment=identity_overrides", snapshot.Evaluate(new Identity("007")).Flags["a"].Reason);

        string Value(string identifier, string feature) => snapshot.Evaluate(new Identity(identifier)).Flags[feature].Value.Text;
    }

    [Fact]
    public void Read_OddIdentityOverride_LeftOutAlone()
    {
        var document = Minimal(State("a"));
        document["identity_overrides"] = new JsonArray(
            new JsonObject { ["identifier"] = 5 }, Override("good", new JsonObject(), State("a", "own one")));

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Equal(
            ["$.identity_overrides[0].identifier", "$.identity_overrides[1].identity_features[0].feature"],
            problems.Select(static problem => problem.Path));
        Assert.Equal("own one", snapshot.Evaluate(new Identity("good")).Flags["a"].Value.Text);
    }

    [Fact]
    public void Read_NullPriority_WeakestOfAll()
    {
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(
            Segment(1, """[{"type":"ALL"}]""", priority: null), Segment(2, """[{"type":"ALL"}]""", priority: 1000), Segment(3, """[{"type":"ALL"}]""", priority: 1000));

        Assert.Equal("TARGETING_MATCH; segment=segment 2", Compile(document.ToJsonString()).Snapshot.Evaluate().Flags["feature"].Reason);
    }

    private static CompilationResult Compile(string document) => EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(document));

    private static JsonObject Minimal(params JsonNode[] states) => new()
    {
        ["api_key"] = "k",
        ["name"] = "Name",
        ["feature_states"] = new JsonArray([.. states.Select(static state => state.DeepClone())]),
        ["identity_overrides"] = new JsonArray(),
        ["project"] = new JsonObject { ["segments"] = new JsonArray() },
    };

    private static JsonObject State(string name, string value = "own") => new()
    {
        ["feature"] = new JsonObject { ["id"] = 1, ["name"] = name, ["type"] = "STANDARD" },
        ["enabled"] = false,
        ["feature_state_value"] = value,
        ["featurestate_uuid"] = "58555db3-6206-4852-99a8-27a1e7916103",
        ["django_id"] = 12,
    };

    private static JsonObject Segment(int id, string rules, int? priority = 1)
    {
        var state = State("feature", "overridden");
        state["enabled"] = true;
        state["feature_segment"] = new JsonObject { ["priority"] = priority };
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = $"segment {id}",
            ["rules"] = JsonNode.Parse(rules),
            ["feature_states"] = new JsonArray(state),
        };
    }

    private static JsonObject Override(string identifier, params JsonNode[] states) => new()
    {
        ["identifier"] = identifier,
        ["identity_features"] = new JsonArray([.. states]),
    };
}
