using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Warnings about settings without effect.</summary>
internal static class SettingWarnings
{
    /// <summary>Lists the settings that are unknown or not supported.</summary>
    /// <param name="catalog">The definitions.</param>
    /// <param name="tree">The settings.</param>
    /// <param name="ignored">The paths of parts without effect.</param>
    public static IEnumerable<string> Of(SettingCatalog catalog, JsonObject tree, IEnumerable<string> ignored)
    {
        string[] given = [.. Flatten(tree, "").Where(static name => !name.StartsWith('$'))]; // members that editors add
        var unknown = given
            .Where(name => !catalog.IsKnown(name))
            .Select(name => catalog.Nearest(name) is { } nearest ? $"{name} (did you mean {nearest}?)" : name);
        (string What, string Names)[] warnings =
        [
            ("not supported by this version, and ignored", string.Join(", ", given.Where(catalog.IsNotSupported))),
            ("unknown, and ignored", string.Join(", ", unknown)),
            ("not supported, and ignored", string.Join(", ", ignored)),
        ];
        return warnings.Where(static warning => warning.Names.Length > 0).Select(static warning => $"Settings that are {warning.What}: {warning.Names}.");
    }

    /// <summary>Lists the settings with values that have no effect.</summary>
    /// <param name="catalog">The definitions.</param>
    /// <param name="sources">The settings.</param>
    public static IEnumerable<string> WithoutEffect(SettingCatalog catalog, SettingsSources sources)
    {
        var names = catalog.All
            .Where(static setting => setting.Support == SettingSupport.WithoutEffect)
            .Where(setting => sources.Find(setting.Name) is { } value && !IsDefault(value, setting.Default))
            .Select(static setting => $"{(setting.IsVariableOnly ? setting.Name.ToUpperInvariant() : setting.Name)} ({setting.Meaning})")
            .ToList();
        return names.Count == 0 ? [] : [$"Settings that have no effect: {string.Join(", ", names)}."];
    }

    /// <summary>Parses the text of environment variables.</summary>
    private static bool IsDefault(JsonNode value, JsonNode? standard) =>
        standard is not null && string.Equals(value.ToString(), standard.ToString(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Flatten(JsonObject tree, string prefix) => tree.SelectMany(
        member => member.Value is JsonObject { Count: > 0 } child ? Flatten(child, $"{prefix}{member.Key}.") : [prefix + member.Key]);
}
