using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Configuration;

/// <summary>Reads secrets from files: <c>proxy_key_file</c> instead of <c>proxy_key</c>.</summary>
internal static class SecretFiles
{
    /// <summary>Sets each setting to the content of its file.</summary>
    /// <param name="catalog">The definitions.</param>
    /// <param name="sources">The settings; receives the values and the files.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Read(SettingCatalog catalog, SettingsSources sources, List<SettingProblem> problems)
    {
        foreach (var setting in catalog.All.Where(static setting => setting.IsSecret))
        {
            var file = setting.FileName!;
            if (sources.Find(file) is not { } node || (node.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(node.GetValue<string>())))
            {
                continue;
            }

            var problem = node.GetValueKind() != JsonValueKind.String ? "must be the path of a file"
                : IsOverridden(sources, setting, out var isAmbiguous) ? null
                : isAmbiguous ? $"is set, and so is {setting.Name}; set one of them"
                : TryRead(setting, node.GetValue<string>().Trim(), sources);
            if (problem is not null)
            {
                problems.Add(new SettingProblem(file, problem) { Source = sources.Origins.Find(file) });
            }
        }
    }

    /// <summary>Determines whether the setting itself is set by a stronger source; of two equal ones none counts.</summary>
    private static bool IsOverridden(SettingsSources sources, Setting setting, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (setting.Names.FirstOrDefault(name => IsSet(sources.Find(name))) is not { } name)
        {
            return false;
        }

        var own = sources.Origins.Find(name)?.Strength ?? SettingStrength.File;
        var files = sources.Origins.Find(setting.FileName!)?.Strength ?? SettingStrength.File;
        isAmbiguous = own == files;
        return own > files;
    }

    private static bool IsSet(JsonNode? node) => node switch
    {
        null => false,
        JsonArray items => items.Count > 0,
        JsonValue value => !string.IsNullOrWhiteSpace(value.ToString()),
        _ => true,
    };

    /// <summary>Reads a file; returns the error.</summary>
    private static string? TryRead(Setting setting, string path, SettingsSources sources)
    {
        sources.Files.Add(path);
        try
        {
            var text = BoundedRead.Run(() => File.ReadAllText(path)).Trim();
            if (text.Length == 0)
            {
                return $"{path} is empty";
            }

            JsonNode? value;
            if (setting.Form is TextForm)
            {
                value = JsonValue.Create(text);
            }
            else
            {
                value = SettingsJson.Parse(text);
            }

            sources.Set(setting.Name, value, new SettingSource(SettingStrength.File, path));
            return null;
        }
        catch (JsonException exception)
        {
            return $"{path} is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {FileErrors.Describe(path, exception)}";
        }
    }
}
