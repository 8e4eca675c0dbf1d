using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>The options of the command line that set settings, and how they are put over the other sources.</summary>
internal sealed class SettingOptions
{
    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "Serve the built-in demo environment; needs no configuration, no network and no Flagsmith account.",
    };

    private readonly Option<string[]> _documents = new("--environment-document")
    {
        Description = "Serve an exported environment document from a file, and follow its changes. May be given several times.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The JSON file with the settings. Default: $CONFIG_PATH, else ./config.json.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _host = new("--host")
    {
        Description = "The address to listen on. Default: 0.0.0.0.",
        HelpName = "ADDRESS",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = "The port to listen on; 0 takes any free one. Default: 8000.",
        HelpName = "PORT",
    };

    /// <summary>Gives a command all of them.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_demo, _documents, _config, _host, _port])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings of all sources, bound.</summary>
    public ConfigurationResult Bind(ParseResult result)
    {
        var variables = Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var documents = result.GetValue(_documents) ?? [];

        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddFile(result.GetValue(_config) ?? Blank(variables.GetValueOrDefault(SettingsSources.PathVariable)));
        sources.AddVariables(variables);
        if (documents.Length > 0)
        {
            sources.Set("environment_documents", new JsonArray([.. documents.Select(static path => JsonValue.Create(path))]));
        }

        if (result.GetValue(_host) is { } host)
        {
            sources.Set("server.host", JsonValue.Create(host));
        }

        if (result.GetValue(_port) is { } port)
        {
            sources.Set("server.port", JsonValue.Create(port));
        }

        var path = result.GetValue(_config) ?? Blank(variables.GetValueOrDefault(SettingsSources.PathVariable)) ?? SettingsSources.DefaultPath;
        return ProxySettings.Bind(sources, result.GetValue(_demo)) with { Origin = new ConfigurationOrigin(path, () => Bind(result)) };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
