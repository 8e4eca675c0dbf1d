using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>The command-line options of settings, and their precedence over the other sources.</summary>
internal sealed class SettingOptions
{
    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "Serve the built-in demo environment, without a configuration and a Flagsmith account.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The file with the settings. Default: $CONFIG_PATH, else ./config.json.",
        HelpName = "FILE",
    };

    private readonly List<(Setting Setting, Option Option)> _settings =
        [.. ProxySettings.Catalog.All.Where(static setting => setting.Option is not null).Select(static setting => (setting, Create(setting)))];

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_demo, _config, .. _settings.Select(static setting => setting.Option)])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the settings of all sources.</summary>
    public ConfigurationResult Bind(ParseResult result)
    {
        var variables = Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var path = result.GetValue(_config) ?? Blank(variables.GetValueOrDefault(SettingsSources.PathVariable));

        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddFile(path);
        sources.AddVariables(variables);
        foreach (var (setting, option) in _settings)
        {
            if (ValueOf(result, option) is { } value)
            {
                sources.Set(setting.Name, value, new SettingSource(SettingStrength.Option, option.Name));
            }
        }

        return ProxySettings.Bind(sources, result.GetValue(_demo)) with
        {
            Origin = new ConfigurationOrigin(path ?? SettingsSources.DefaultPath, () => Bind(result)),
        };
    }

    private static JsonNode? ValueOf(ParseResult result, Option option) => option switch
    {
        Option<string[]> many when result.GetValue(many) is { Length: > 0 } values => new JsonArray([.. values.Select(static text => JsonValue.Create(text))]),
        Option<string?> one when result.GetValue(one) is { } text => JsonValue.Create(text),
        _ => null,
    };

    private static Option Create(Setting setting)
    {
        var meaning = (setting.Option!.Summary ?? setting.Meaning).Replace("`", "", StringComparison.Ordinal);
        var usual = setting.Default is { } value && value is not JsonArray ? $" Default: {value}." : "";
        var description = $"{char.ToUpperInvariant(meaning[0])}{meaning.AsSpan(1)}.{usual}";
        return setting.Option.IsRepeatable
            ? new Option<string[]>(setting.Option.Name) { Description = $"{description} Repeatable.", HelpName = setting.Option.ValueName }
            : new Option<string?>(setting.Option.Name) { Description = description, HelpName = setting.Option.ValueName };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
