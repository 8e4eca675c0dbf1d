using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Compares settings before and after a change.</summary>
internal static class ConfigurationChanges
{
    /// <summary>Returns the settings that differ, by name.</summary>
    public static IReadOnlyList<string> Between(SettingCatalog catalog, JsonObject before, JsonObject after) =>
    [
        .. catalog.All
            .Where(static setting => setting.Support == SettingSupport.Used)
            .Where(setting => setting.Names.Any(name => !JsonNode.DeepEquals(Find(before, name), Find(after, name))))
            .Select(static setting => setting.Name),
    ];

    private static JsonNode? Find(JsonObject tree, string name)
    {
        JsonNode? node = tree;
        foreach (var part in name.Split('.'))
        {
            node = (node as JsonObject)?[part];
        }

        return node;
    }
}
