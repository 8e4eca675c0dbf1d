using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration.Catalog;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// Puts the sources of settings together into one tree, the stronger over the weaker: the JSON file, then environment
/// variables, then the command line (docs/spec/configuration.md 1).
/// </summary>
internal sealed class SettingsSources
{
    /// <summary>The environment variable that names the file.</summary>
    public const string PathVariable = "CONFIG_PATH";

    /// <summary>The file that is read where none is named.</summary>
    public const string DefaultPath = "config.json";

    private readonly JsonObject _tree = [];
    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _warnings = [];

    /// <summary>The settings so far.</summary>
    public JsonObject Tree => _tree;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>Whether a file was there.</summary>
    public bool HasFile { get; private set; }

    /// <summary>What is worth a word.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds the file, if there is one.</summary>
    /// <param name="path">The path given; null for the default, which need not exist.</param>
    public void AddFile(string? path)
    {
        try
        {
            var text = File.ReadAllText(path ?? DefaultPath);
            HasFile = true;
            Merge(_tree, SettingsJson.ParseObject(text));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            if (path is not null)
            {
                _warnings.Add($"There is no configuration file at {path}.");
            }
        }
        catch (JsonException exception)
        {
            _problems.Add(new SettingProblem(
                path ?? DefaultPath, $"is not a JSON object (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new SettingProblem(path ?? DefaultPath, $"cannot be read ({exception.GetType().Name})"));
        }
    }

    /// <summary>
    /// Adds environment variables: whole settings by their top-level name, structured ones as JSON, single ones
    /// flattened (<c>SERVER_PORT</c>). Names are case-insensitive; the flattened form is the stronger.
    /// </summary>
    public void AddVariables(IReadOnlyDictionary<string, string> variables)
    {
        // Names that differ by case only, such as those of proxies often do, must do no harm; upper case, being usual, wins.
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in variables.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            byName.TryAdd(name, value);
        }

        foreach (var top in SettingCatalog.Names.Select(static name => name.Split('.')[0]).Distinct(StringComparer.Ordinal))
        {
            if (byName.TryGetValue(top, out var value))
            {
                AddTopLevel(top, value);
            }
        }

        foreach (var name in SettingCatalog.Names.Where(static name => name.Contains('.', StringComparison.Ordinal)))
        {
            if (byName.TryGetValue(name.Replace('.', '_'), out var value))
            {
                Set(name, JsonValue.Create(value));
            }
        }
    }

    /// <summary>Sets one setting.</summary>
    /// <param name="name">Its name, with dots.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, JsonNode? value)
    {
        var parts = name.Split('.');
        var parent = _tree;
        foreach (var part in parts[..^1])
        {
            if (parent[part] is not JsonObject child)
            {
                parent[part] = child = [];
            }

            parent = child;
        }

        parent[parts[^1]] = value;
    }

    private void AddTopLevel(string name, string value)
    {
        var isStructured = SettingCatalog.Names.Any(other => other.StartsWith(name + '.', StringComparison.Ordinal));
        var looksLikeJson = value.AsSpan().TrimStart() is ['{' or '[', ..];
        if (!isStructured && !looksLikeJson)
        {
            _tree[name] = JsonValue.Create(value);
            return;
        }

        try
        {
            var node = SettingsJson.Parse(value);
            if (node is JsonObject given && _tree[name] is JsonObject existing)
            {
                Merge(existing, given);
            }
            else
            {
                _tree[name] = node;
            }
        }
        catch (JsonException)
        {
            _problems.Add(new SettingProblem(name, $"the environment variable {name.ToUpperInvariant()} is not valid JSON"));
        }
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            if (value is JsonObject child && target[name] is JsonObject existing)
            {
                Merge(existing, child);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
