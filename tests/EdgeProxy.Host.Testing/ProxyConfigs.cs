using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Testing;

/// <summary>Proxy configs for tests.</summary>
internal static class ProxyConfigs
{
    /// <summary>A config that lists environments.</summary>
    public static string List(params JsonNode[] environments) => new JsonArray(environments).ToJsonString();

    /// <summary>An environment, called as its client-side key.</summary>
    public static JsonObject Environment(string key, params JsonNode[] serverSideKeys) => new()
    {
        ["client_side_key"] = key,
        ["server_side_keys"] = new JsonArray(serverSideKeys),
        ["id"] = 1,
        ["name"] = $"Name of {key}",
        ["updated_at"] = "2026-11-01T12:00:00.250000Z",
        ["project_id"] = 1,
        ["organisation_id"] = 1,
    };

    /// <summary>An environment with one key, <c>ser.</c> and its own.</summary>
    public static JsonObject Environment(string key) => Environment(key, Key($"ser.{key}"));

    /// <summary>A server-side key.</summary>
    public static JsonObject Key(string key, bool active = true, string? expiresAt = null) => new()
    {
        ["key"] = key,
        ["active"] = active,
        ["expires_at"] = expiresAt,
    };
}
