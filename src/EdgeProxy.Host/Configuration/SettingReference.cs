using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeProxy.Host.Configuration;

/// <summary>The table of settings in docs/configuration.md.</summary>
internal static class SettingReference
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Renders a table of the settings of a kind, in Markdown.</summary>
    public static string Table(SettingCatalog catalog, SettingSupport support)
    {
        var table = new StringBuilder("| setting | default | meaning |\n| --- | --- | --- |\n");
        foreach (var setting in catalog.All.Where(setting => setting.Support == support))
        {
            var name = setting.IsVariableOnly ? setting.Name.ToUpperInvariant() : setting.Name;
            var aliases = setting.Aliases.Count == 0 ? "" : $" (alias {string.Join(", ", setting.Aliases.Select(static alias => $"`{alias}`"))})";
            table.Append($"| `{name}`{aliases} | {DefaultOf(setting)} | {setting.Meaning}{UnitOf(setting)}{OptionOf(setting)}{FileOf(setting)} |\n");
        }

        return table.ToString();
    }

    private static string DefaultOf(Setting setting) => setting.Default is { } value ? $"`{value.ToJsonString(Relaxed)}`" : "";

    private static string UnitOf(Setting setting) => setting.Unit is null ? "" : $"; in {setting.Unit}";

    private static string FileOf(Setting setting) => setting.FileName is { } file ? $". Secret: may be given as a file, `{file}`" : "";

    private static string OptionOf(Setting setting) => setting.Option is not { } option ? ""
        : $". Also `{option.Name} {option.ValueName}`{(option.IsRepeatable ? ", any number of times" : "")}";
}
