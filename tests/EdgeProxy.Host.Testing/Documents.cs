using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Testing;

/// <summary>Environment documents for tests, small and to be changed.</summary>
internal static class Documents
{
    /// <summary>
    /// Features 1 <c>plain</c> (on, "blue"), 2 <c>off</c> (off, null), 3 <c>secret</c> (on, 7; for servers only) and
    /// 4 <c>targeted</c> (off, "none"), which is on with "beta" for those whose trait <c>plan</c> is <c>pro</c>, and on
    /// with "own" for the identity <c>olga</c>.
    /// </summary>
    public static JsonObject Small(string key) => new()
    {
        ["id"] = 1,
        ["api_key"] = key,
        ["name"] = "Test",
        ["updated_at"] = "2026-11-01T12:00:00.250000Z",
        ["allow_client_traits"] = true,
        ["hide_sensitive_data"] = false,
        ["hide_disabled_flags"] = null,
        ["unknown"] = new JsonObject { ["kept"] = new JsonArray(1, "two", null) },
        ["feature_states"] = new JsonArray(
            State(1, "plain", true, "blue"),
            State(2, "off", false, null),
            State(3, "secret", true, 7),
            State(4, "targeted", false, "none")),
        ["identity_overrides"] = new JsonArray(Override("olga", State(4, "targeted", true, "own"))),
        ["project"] = new JsonObject
        {
            ["id"] = 1,
            ["name"] = "Project",
            ["hide_disabled_flags"] = false,
            ["server_key_only_feature_ids"] = new JsonArray(3),
            ["segments"] = new JsonArray(new JsonObject
            {
                ["id"] = 11,
                ["name"] = "pros",
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["type"] = "ALL",
                    ["rules"] = new JsonArray(),
                    ["conditions"] = new JsonArray(new JsonObject { ["operator"] = "EQUAL", ["property_"] = "plan", ["value"] = "pro" }),
                }),
                ["feature_states"] = new JsonArray(State(4, "targeted", true, "beta")),
            }),
        },
    };

    /// <summary>A feature state.</summary>
    public static JsonObject State(int id, string name, bool enabled, JsonNode? value) => new()
    {
        ["feature"] = new JsonObject { ["id"] = id, ["name"] = name, ["type"] = "STANDARD" },
        ["enabled"] = enabled,
        ["feature_state_value"] = value,
        ["django_id"] = id,
        ["multivariate_feature_state_values"] = new JsonArray(),
    };

    /// <summary>An identity override.</summary>
    public static JsonObject Override(string identifier, JsonObject state) => new()
    {
        ["identifier"] = identifier,
        ["identity_features"] = new JsonArray(state),
    };
}
