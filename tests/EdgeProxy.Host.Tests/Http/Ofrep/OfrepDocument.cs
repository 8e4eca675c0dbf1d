using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>An environment with a feature for every row of docs/spec/ofrep.md 4 and 5.</summary>
internal static class OfrepDocument
{
    public const string Key = "env";
    public const string ServerKey = "ser." + Key;

    /// <summary>
    /// Somebody whose trait <c>plan</c> is <c>pro</c> is in segment <c>pros</c>, which overrides <c>banner</c>, <c>split-pro</c> and
    /// <c>off-pro</c>; <c>olga</c> has an override of <c>banner</c>; <c>loop-a</c> and <c>loop-b</c> depend on each other.
    /// </summary>
    public static JsonObject Create()
    {
        var document = Documents.Small(Key);
        document["feature_states"] = new JsonArray(
            Documents.State(1, "banner", true, "hello"),
            Documents.State(2, "maintenance", false, null),
            Documents.State(3, "secret", true, 7),
            Documents.State(4, "off-value", false, "none"),
            Documents.State(5, "config", true, """{"a":[1,"x"]}"""),
            Documents.State(6, "ratio", true, "0.50"),
            Documents.State(7, "empty", true, ""),
            Documents.State(8, "empty-off", false, ""),
            Documents.State(9, "switch", true, null),
            Documents.State(10, "yes", true, true),
            With(Documents.State(11, "split", true, "control value"), Variant(1, "red", "red value", 100)),
            With(Documents.State(12, "split-control", true, "control value"), Variant(2, "red", "red value", 0)),
            With(Documents.State(13, "split-empty", true, "control value"), Variant(3, null, "", 99.9)),
            With(Documents.State(14, "split-off", false, "control value"), Variant(4, "red", "red value", 100)),
            Documents.State(15, "split-pro", true, "x"),
            Documents.State(16, "off-pro", true, "x"),
            Documents.State(17, "loop-a", true, "a"),
            Documents.State(18, "loop-b", true, "b"),
            BigId(Documents.State(19, "big-id", true, 1)),
            Documents.State(20, "a/b", true, "slash"),
            Documents.State(21, "100%", true, "percent"),
            Documents.State(22, "a b", true, "blank"),
            Documents.State(23, "c+d", true, "plus"),
            Documents.State(24, "ünï", true, "unicode"),
            Documents.State(25, "end/", true, "final slash"),
            Documents.State(26, "%41", true, "encoded"));
        document["identity_overrides"] = new JsonArray(Documents.Override("olga", Documents.State(1, "banner", true, "own")));
        document["project"]!["segments"] = new JsonArray(
            Segment(11, "pros", "plan", "EQUAL", "pro",
                Documents.State(1, "banner", true, "pro banner"),
                With(Documents.State(15, "split-pro", true, "x"), Variant(5, "blue", "blue value", 100)),
                Documents.State(16, "off-pro", false, "x")),
            Segment(12, "loop 1", "$.flags.loop-b.enabled", "EQUAL", "true", Documents.State(17, "loop-a", true, "a")),
            Segment(13, "loop 2", "$.flags.loop-a.enabled", "EQUAL", "true", Documents.State(18, "loop-b", true, "b")));
        return document;
    }

    /// <summary>Adds a variant.</summary>
    public static JsonObject With(JsonObject state, JsonObject variant)
    {
        state["multivariate_feature_state_values"]!.AsArray().Add(variant);
        return state;
    }

    /// <summary>A variant.</summary>
    public static JsonObject Variant(int id, string? key, string value, double weight) => new()
    {
        ["id"] = id,
        ["mv_fs_value_uuid"] = $"00000000-0000-0000-0000-{id:000000000000}",
        ["percentage_allocation"] = weight,
        ["multivariate_feature_option"] = new JsonObject { ["id"] = id, ["value"] = value, ["key"] = key },
    };

    /// <summary>A segment with one condition.</summary>
    public static JsonObject Segment(int id, string name, string property, string @operator, string value, params JsonNode[] states) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["rules"] = new JsonArray(new JsonObject
        {
            ["type"] = "ALL",
            ["rules"] = new JsonArray(),
            ["conditions"] = new JsonArray(new JsonObject { ["operator"] = @operator, ["property_"] = property, ["value"] = value }),
        }),
        ["feature_states"] = new JsonArray([.. states]),
    };

    private static JsonObject BigId(JsonObject state)
    {
        state["feature"]!["id"] = 3_000_000_000;
        return state;
    }
}
