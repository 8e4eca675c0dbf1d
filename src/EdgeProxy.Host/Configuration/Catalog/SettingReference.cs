using System.Text;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>The table of settings in docs/configuration.md.</summary>
internal static class SettingReference
{
    /// <summary>A table of the settings of a kind, in Markdown.</summary>
    public static string Table(SettingSupport support)
    {
        var table = new StringBuilder("| setting | default | meaning |\n| --- | --- | --- |\n");
        foreach (var setting in SettingCatalog.All.Where(setting => setting.Support == support))
        {
            var name = setting.IsVariableOnly ? setting.Name.ToUpperInvariant() : setting.Name;
            var alias = setting.Alias is null ? "" : $" (alias `{setting.Alias}`)";
            var usual = setting.Default is null ? "" : $"`{setting.Default}`";
            table.Append($"| `{name}`{alias} | {usual} | {setting.Meaning} |\n");
        }

        return table.ToString();
    }
}
