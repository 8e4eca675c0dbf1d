using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>An environment with one feature for each question that support gets.</summary>
internal static class SupportDocument
{
    /// <summary>The key; its environment is named Production.</summary>
    public const string Key = "n9fbf9h3v4fFgH3U3ngWhb";

    /// <summary>Creates the document.</summary>
    public static string Create()
    {
        var document = Documents.Small(Key);
        document["name"] = "Production";
        document["hide_disabled_flags"] = true;
        document["feature_states"] = new JsonArray(
            Documents.State(1, "dashboard", false, "classic"),
            Documents.State(2, "beta", false, null),
            Documents.State(3, "secret", true, 7),
            Documents.State(4, "rollout", false, null),
            Documents.State(5, "staff", false, null),
            Documents.State(6, "agents", false, null),
            Documents.State(7, "off", false, null));
        document["identity_overrides"] = new JsonArray(Documents.Override("grace", Documents.State(1, "dashboard", true, "own")));
        var segments = new JsonArray(
            Segment(11, "enterprise", Documents.State(1, "dashboard", true, "insights"), priority: 2, ("plan", "IN", "pro,enterprise"), ("seats", "GREATER_THAN", "100")),
            Segment(12, "everybody", Documents.State(1, "dashboard", true, "new"), priority: 5, ("plan", "IS_SET", null)),
            Segment(13, "testers", Documents.State(2, "beta", true, null), priority: 0, ("tester", "EQUAL", "True")),
            Segment(14, "a tenth", Documents.State(4, "rollout", true, null), priority: 0, ("", "PERCENTAGE_SPLIT", "10")),
            Segment(15, "colleagues", Documents.State(5, "staff", true, null), priority: 0, ("email", "REGEX", @"@example\.com$")),
            Segment(16, "double-oh", Documents.State(6, "agents", true, null), priority: 0, ("code", "IN", "007,008")));
        document["project"]!["segments"] = segments;
        return document.ToJsonString();
    }

    private static JsonObject Segment(int id, string name, JsonObject state, int priority, params (string Property, string Operator, string? Value)[] conditions)
    {
        state["feature_segment"] = new JsonObject { ["priority"] = priority };
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["rules"] = new JsonArray(new JsonObject
            {
                ["type"] = "ALL",
                ["rules"] = new JsonArray(),
                ["conditions"] = new JsonArray([.. conditions.Select(static condition => new JsonObject
                {
                    ["property_"] = condition.Property,
                    ["operator"] = condition.Operator,
                    ["value"] = condition.Value,
                })]),
            }),
            ["feature_states"] = new JsonArray(state),
        };
    }
}
