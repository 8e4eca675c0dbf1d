using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The settings that the process started with, without secrets, each with its source.</summary>
internal sealed class EffectiveSettings
{
    private EffectiveSettings(IReadOnlyList<EffectiveSetting> all)
    {
        All = all;
    }

    /// <summary>All settings that have an effect, in the order of the documentation.</summary>
    public IReadOnlyList<EffectiveSetting> All { get; }

    /// <summary>Collects the values.</summary>
    /// <param name="catalog">The definitions.</param>
    /// <param name="tree">The settings of all sources.</param>
    /// <param name="origins">The source of each.</param>
    public static EffectiveSettings Of(SettingCatalog catalog, JsonObject tree, SettingOrigins origins)
    {
        var masked = ConfigurationRendering.MaskedTree(catalog, tree);
        return new EffectiveSettings(
        [
            .. catalog.All.Where(static setting => setting.Support == SettingSupport.Used).Select(setting =>
            {
                foreach (var name in setting.Names)
                {
                    if (TryFind(masked, name, out var value))
                    {
                        return new EffectiveSetting(setting.Name, value, origins.Find(name));
                    }
                }

                return new EffectiveSetting(setting.Name, setting.Default?.DeepClone(), Source: null);
            }),
        ]);
    }

    private static bool TryFind(JsonObject tree, string name, out JsonNode? value)
    {
        value = null;
        JsonNode? node = tree;
        foreach (var part in name.Split('.'))
        {
            if (node is not JsonObject members || !members.TryGetPropertyValue(part, out node))
            {
                return false;
            }
        }

        value = node;
        return true;
    }
}
