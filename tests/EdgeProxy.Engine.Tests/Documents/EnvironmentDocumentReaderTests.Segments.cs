using System.Text.Json.Nodes;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <content>Segments, their rules and conditions, and overrides.</content>
public sealed partial class EnvironmentDocumentReaderTests
{
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
        var invalid = Segment(12, $$"""[{"type":"ANY","rules":[],"conditions":[{"operator":"IS_SET","property_":"never","value":null},{{condition}}]}]""");
        var document = Minimal(State("feature"));
        document["project"]!["segments"] = new JsonArray(
            Segment(11, """[{"type":"ALL","conditions":[{"operator":"IS_SET","property_":"other","value":null}]}]"""), invalid);

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
    public void Read_InvalidRule_NeverMatches(string rules, string problem)
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
    public void Read_InvalidIdentityOverride_LeftOutAlone()
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
