using System.Text.Json.Nodes;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <content>Feature states and their variants.</content>
public sealed partial class EnvironmentDocumentReaderTests
{
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
    [InlineData("feature", null, "$.feature_states[1].feature is not an object")]
    [InlineData("feature", """{"id":1}""", "$.feature_states[1].feature.name is missing")]
    [InlineData("feature", """{"name":"invalid"}""", "$.feature_states[1].feature.id is missing")]
    [InlineData("feature", """{"name":"invalid","id":"1"}""", "$.feature_states[1].feature.id is not a whole number")]
    [InlineData("feature", """{"name":"invalid","id":1.5}""", "$.feature_states[1].feature.id is not a whole number")]
    [InlineData("feature", """{"name":5,"id":1}""", "$.feature_states[1].feature.name is not a string")]
    [InlineData("feature", """{"name":"invalid","id":1,"type":7}""", "$.feature_states[1].feature.type is not a string")]
    [InlineData("enabled", "1", "$.feature_states[1].enabled is not a boolean")]
    [InlineData("enabled", "", "$.feature_states[1].enabled is missing")]
    [InlineData("feature_state_value", "", "$.feature_states[1].feature_state_value is missing")]
    [InlineData("feature_state_value", "[1]", "$.feature_states[1].feature_state_value is not a string, a number, a boolean or null")]
    [InlineData("feature_state_value", "\"\\udc00\"", "$.feature_states[1].feature_state_value holds half of a surrogate pair")]
    [InlineData("feature", """{"\udc00":1,"name":"invalid","id":1}""", "$.feature_states[1].feature has a member whose name holds half of a surrogate pair")]
    [InlineData("django_id", "{}", "$.feature_states[1].django_id is not a whole number")]
    public void Read_InvalidFeatureState_LeftOutAlone(string member, string? json, string expected)
    {
        var invalid = State("invalid");
        invalid.Remove(member);
        if (json != "")
        {
            invalid[member] = json is null ? null : "?";
        }

        var document = Minimal(State("before"), invalid, State("after")).ToJsonString();
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
    public void Read_InvalidVariant_LeftOutAlone(string json, string expected) => CheckInvalidVariant(json, expected);

    [Fact]
    public void Read_VariantWithAnIdOfAMillionDigits_LeftOutAlone() => CheckInvalidVariant(
        $$$"""{"id":{{{new string('9', 1_000_000)}}},"percentage_allocation":100,"multivariate_feature_option":{"value":1}}""",
        "id: has more than 4300 digits");

    private static void CheckInvalidVariant(string json, string expected)
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
}
