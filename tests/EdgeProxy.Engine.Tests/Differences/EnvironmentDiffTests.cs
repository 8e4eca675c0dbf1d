using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Differences;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Differences;

/// <summary>docs/spec/changes.md 1: what two documents do not have in common.</summary>
public sealed class EnvironmentDiffTests
{
    [Fact]
    public void Between_Same_Nothing() => Assert.Empty(Between(static _ => { }));

    [Fact]
    public void Between_UnknownMembersAndOrderOfFeatures_Nothing() => Assert.Empty(Between(static document =>
    {
        document["unknown"] = 1;
        document["updated_at"] = "2030-01-01T00:00:00Z";
        Move(document["feature_states"]!.AsArray(), 0);
    }));

    public static TheoryData<string, Action<JsonObject>> Changes => new()
    {
        { "feature 'plain': switched on → off", static document => State(document, 0)["enabled"] = false },
        { "feature 'plain': value \"blue\" → \"red \\\"dark\\\"\"", static document => State(document, 0)["feature_state_value"] = "red \"dark\"" },
        { "feature 'plain': value \"blue\" → 7", static document => State(document, 0)["feature_state_value"] = 7 },
        { "feature 'plain': value \"blue\" → null", static document => State(document, 0)["feature_state_value"] = null },
        { "feature 'ab': variants 30 % \"a\", 20 % \"b\" → 40 % \"a\", 20 % \"b\"", static document => Variant(document, 0)["percentage_allocation"] = 40 },
        { "feature 'ab': variants 30 % \"a\", 20 % \"b\" → 30 % \"c\", 20 % \"b\"", static document => Variant(document, 0)["multivariate_feature_option"]!["value"] = "c" },
        { "feature 'ab': seed of the variants \"2\" → \"99\"", static document => State(document, 1)["django_id"] = 99 },
        { "feature 'plain': answered to all → servers only", static document => Project(document)["server_key_only_feature_ids"] = new JsonArray(1) },
        { "feature 'ab' removed: on with \"none\", or 30 % \"a\", 20 % \"b\"", static document => document["feature_states"]!.AsArray().RemoveAt(1) },
        { "feature 'new' added: off with null", static document => document["feature_states"]!.AsArray().Add(NewState(9, "new")) },
        { "segment 'professionals': name \"pros\" → \"professionals\"", static document => Segment(document, 0)["name"] = "professionals" },
        { "segment 'pros': rule 1: type ALL → ANY", static document => Rule(document)["type"] = "ANY" },
        { "segment 'pros': rule 1.1: condition plan EQUAL \"pro\" → plan EQUAL \"team\"", static document => Condition(document, 0)["value"] = "team" },
        { "segment 'pros': rule 1.1: condition removed: seats GREATER_THAN \"10\"", static document => Conditions(document).RemoveAt(1) },
        { "segment 'pros': rule 1.1: condition added: country IN \"de,fr\"", static document => Conditions(document).Add(NewCondition("country", "IN", "de,fr")) },
        { "segment 'pros': rule 2 added: NONE(identity key PERCENTAGE_SPLIT \"10\")", static document => Segment(document, 0)["rules"]!.AsArray().Add(NewRule("NONE", NewCondition("", "PERCENTAGE_SPLIT", "10"))) },
        { "feature 'plain' for segment 'pros': switched on → off", static document => Override(document)["enabled"] = false },
        { "feature 'plain' for segment 'pros': value \"gold\" → \"silver\"", static document => Override(document)["feature_state_value"] = "silver" },
        { "feature 'plain' for segment 'pros': priority 1 → 2", static document => Override(document)["feature_segment"] = new JsonObject { ["priority"] = 2 } },
        { "feature 'plain' for segment 'pros': override removed: on with \"gold\"", static document => Segment(document, 0)["feature_states"] = new JsonArray() },
        { "feature 'ab' for segment 'others': override added: off with null", static document => Segment(document, 1)["feature_states"]!.AsArray().Add(NewState(2, "ab")) },
        { "environment: order of the segments pros, others → others, pros", static document => Move(Project(document)["segments"]!.AsArray(), 0) },
        { "segment 'others' removed: ALL(plan IS_SET null)", static document => Project(document)["segments"]!.AsArray().RemoveAt(1) },
        { "1 identity got overrides", static document => document["identity_overrides"]!.AsArray().Add(NewOverride("c", "x")) },
        { "1 identity lost their overrides", static document => document["identity_overrides"]!.AsArray().RemoveAt(0) },
        { "2 identities got other overrides", static document => document["identity_overrides"] = new JsonArray(NewOverride("b", "y"), NewOverride("a", "y")) },
        { "environment: hide_disabled_flags off → on", static document => document["hide_disabled_flags"] = true },
        { "environment: allow_client_traits on → off", static document => document["allow_client_traits"] = false },
        { "environment: name \"Test\" → \"Other\"", static document => document["name"] = "Other" },
        { "environment: key env… → ot…", static document => document["api_key"] = "other" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Between_OneChange_SaidInWords(string expected, Action<JsonObject> change) =>
        Assert.Equal(expected, Assert.Single(Between(change)).ToString());

    [Fact]
    public void Between_OtherDirection_AddedIsRemoved()
    {
        var (before, after) = (Document(), Document());
        after["feature_states"]!.AsArray().Add(NewState(9, "new"));
        after["identity_overrides"]!.AsArray().Add(NewOverride("c", "x"));

        Assert.Equal(
            [EnvironmentChangeKind.FeatureAdded, EnvironmentChangeKind.IdentityOverridesAdded], EnvironmentDiff.Between(Utf8(before), Utf8(after)).Select(static change => change.Kind));
        Assert.Equal(
            [EnvironmentChangeKind.FeatureRemoved, EnvironmentChangeKind.IdentityOverridesRemoved], EnvironmentDiff.Between(Utf8(after), Utf8(before)).Select(static change => change.Kind));
    }

    [Fact]
    public void Between_OverridesInAnotherOrder_Nothing() => Assert.Empty(Between(static document => Move(document["identity_overrides"]!.AsArray(), 0)));

    [Fact]
    public void Between_LongValues_Cut()
    {
        var change = Assert.Single(Between(static document => State(document, 0)["feature_state_value"] = new string('x', 100_000)));

        Assert.InRange(change.ToString().Length, 200, 300);
        Assert.Contains("…", change.After, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_NoDocument_Thrown() =>
        Assert.Throws<EnvironmentDocumentException>(static () => EnvironmentDiff.Between("{}"u8.ToArray(), Utf8(Document())));

    [Fact]
    public void Between_VeryManyInvalidParts_ThrownWithThePlace()
    {
        var document = Document();
        Project(document)["segments"] = new JsonArray([.. Enumerable.Range(0, 100_000).Select(static _ => (JsonNode)1)]);

        var exception = Assert.Throws<EnvironmentDocumentException>(() => EnvironmentDiff.Between(Utf8(document), Utf8(document)));

        Assert.Contains("$.project.segments[", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_KeysWithTheSameMask_Reported()
    {
        var (before, after) = (Document(), Document());
        before["api_key"] = "12345678-before";
        after["api_key"] = "12345678-after!";

        var change = Assert.Single(EnvironmentDiff.Between(Utf8(before), Utf8(after)));

        Assert.Equal(change.Before, change.After);
        Assert.Equal("key", change.Place);
    }

    [Fact]
    public void Between_ManySegmentsAndConditions_ReportedInShortTexts()
    {
        var (before, after) = (Document(), Document());
        foreach (var document in new[] { before, after })
        {
            for (var i = 0; i < 2_000; i++)
            {
                Project(document)["segments"]!.AsArray().Add(NewSegment(100 + i, $"segment {i}", null, NewRule("ALL")));
                Conditions(document).Add(NewCondition("plan", "EQUAL", $"{i / 2}"));
            }
        }

        Move(Project(after)["segments"]!.AsArray(), 5);
        Move(Conditions(after), 7);
        Conditions(after).RemoveAt(500);
        var changes = EnvironmentDiff.Between(Utf8(before), Utf8(after));

        Assert.Equal([EnvironmentChangeKind.SegmentRules, EnvironmentChangeKind.SegmentOrder], changes.Select(static change => change.Kind));
        Assert.All(changes, static change => Assert.InRange(change.ToString().Length, 1, 500));
    }

    private static IReadOnlyList<EnvironmentChange> Between(Action<JsonObject> change)
    {
        var after = Document();
        change(after);
        return EnvironmentDiff.Between(Utf8(Document()), Utf8(after));
    }

    private static byte[] Utf8(JsonObject document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    private static JsonObject Document()
    {
        var ab = NewState(2, "ab", "none", isEnabled: true);
        ab["multivariate_feature_state_values"] = new JsonArray(NewVariant(1, "a", 30), NewVariant(2, "b", 20));
        var gold = NewState(1, "plain", "gold", isEnabled: true);
        gold["feature_segment"] = new JsonObject { ["priority"] = 1 };
        return new JsonObject
        {
            ["id"] = 1,
            ["api_key"] = "env-key",
            ["name"] = "Test",
            ["updated_at"] = "2026-11-01T12:00:00Z",
            ["allow_client_traits"] = true,
            ["hide_disabled_flags"] = null,
            ["feature_states"] = new JsonArray(NewState(1, "plain", "blue", isEnabled: true), ab),
            ["identity_overrides"] = new JsonArray(NewOverride("a", "x"), NewOverride("b", "x")),
            ["project"] = new JsonObject
            {
                ["id"] = 1,
                ["hide_disabled_flags"] = false,
                ["server_key_only_feature_ids"] = new JsonArray(),
                ["segments"] = new JsonArray(
                    NewSegment(11, "pros", gold, new JsonObject
                    {
                        ["type"] = "ALL",
                        ["conditions"] = new JsonArray(),
                        ["rules"] = new JsonArray(NewRule("ANY", NewCondition("plan", "EQUAL", "pro"), NewCondition("seats", "GREATER_THAN", "10"))),
                    }),
                    NewSegment(12, "others", null, NewRule("ALL", NewCondition("plan", "IS_SET", null)))),
            },
        };
    }

    private static JsonObject NewState(int id, string name, string? value = null, bool isEnabled = false) => new()
    {
        ["feature"] = new JsonObject { ["id"] = id, ["name"] = name, ["type"] = "STANDARD" },
        ["enabled"] = isEnabled,
        ["feature_state_value"] = value,
        ["django_id"] = id,
        ["multivariate_feature_state_values"] = new JsonArray(),
    };

    private static JsonObject NewVariant(int id, string value, int weight) => new()
    {
        ["id"] = id,
        ["multivariate_feature_option"] = new JsonObject { ["id"] = id, ["value"] = value },
        ["percentage_allocation"] = weight,
    };

    private static JsonObject NewSegment(int id, string name, JsonObject? state, JsonObject rule) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["rules"] = new JsonArray(rule),
        ["feature_states"] = state is null ? [] : new JsonArray(state),
    };

    private static JsonObject NewRule(string type, params JsonNode[] conditions) => new() { ["type"] = type, ["rules"] = new JsonArray(), ["conditions"] = new JsonArray(conditions) };

    private static JsonObject NewCondition(string property, string conditionOperator, string? value) =>
        new() { ["operator"] = conditionOperator, ["property_"] = property, ["value"] = value };

    private static JsonObject NewOverride(string identifier, string value) =>
        new() { ["identifier"] = identifier, ["identity_features"] = new JsonArray(NewState(1, "plain", value)) };

    private static JsonObject State(JsonObject document, int index) => document["feature_states"]![index]!.AsObject();

    private static JsonObject Variant(JsonObject document, int index) => State(document, 1)["multivariate_feature_state_values"]![index]!.AsObject();

    private static JsonObject Project(JsonObject document) => document["project"]!.AsObject();

    private static JsonObject Segment(JsonObject document, int index) => Project(document)["segments"]![index]!.AsObject();

    private static JsonObject Override(JsonObject document) => Segment(document, 0)["feature_states"]![0]!.AsObject();

    private static JsonObject Rule(JsonObject document) => Segment(document, 0)["rules"]![0]!.AsObject();

    private static JsonArray Conditions(JsonObject document) => Rule(document)["rules"]![0]!["conditions"]!.AsArray();

    private static JsonObject Condition(JsonObject document, int index) => Conditions(document)[index]!.AsObject();

    /// <summary>Puts an item at the end.</summary>
    private static void Move(JsonArray array, int index)
    {
        var item = array[index];
        array.RemoveAt(index);
        array.Add(item);
    }
}
