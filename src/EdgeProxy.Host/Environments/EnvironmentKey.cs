using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Environments;

/// <summary>Reads keys of environments from settings. Each key must be unique.</summary>
internal static class EnvironmentKey
{
    /// <summary>Reads a key; an invalid one is reported, and null.</summary>
    public static string? Read(SettingNode node, bool isServerSide)
    {
        var expectation = isServerSide ? "a server-side key" : "a client-side key";
        var key = node.Text(expectation);
        if (string.IsNullOrEmpty(key))
        {
            node.Expected(expectation);
        }
        else if (isServerSide && !key.StartsWith(EnvironmentKeyPairOptions.ServerKeyPrefix, StringComparison.Ordinal))
        {
            node.Problem($"must start with \"{EnvironmentKeyPairOptions.ServerKeyPrefix}\"");
        }
        else if (!node.Reading.TryClaim(key))
        {
            node.Problem("is used twice");
        }
        else
        {
            return key;
        }

        return null;
    }

    /// <summary>The schema of a server-side key.</summary>
    public static JsonObject ServerSideSchema() => new() { ["type"] = "string", ["pattern"] = "^\\s*ser\\." };
}
