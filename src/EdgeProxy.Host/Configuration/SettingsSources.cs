using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// Merges the sources of settings into one tree by precedence: the JSON file, then environment variables,
/// then the command line (docs/spec/configuration.md 1).
/// </summary>
internal sealed class SettingsSources
{
    /// <summary>The environment variable that names the file.</summary>
    public const string PathVariable = "CONFIG_PATH";

    /// <summary>The default file.</summary>
    public const string DefaultPath = "config.json";

    private const int MaxShownLength = 60;

    private readonly SettingCatalog _catalog;
    private readonly JsonObject _tree = [];
    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _warnings = [];

    /// <param name="catalog">The definitions.</param>
    public SettingsSources(SettingCatalog catalog)
    {
        _catalog = catalog;
    }

    /// <summary>The settings so far.</summary>
    public JsonObject Tree => _tree;

    /// <summary>The sources of the values.</summary>
    public SettingOrigins Origins { get; } = new();

    /// <summary>The problems of sources that could not be read.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The files to watch.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Indicates whether no file was named, and there is none at the default path.</summary>
    public bool IsFileAbsent { get; private set; }

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds the file, if there is one.</summary>
    /// <param name="path">The path; null for the default, which need not exist.</param>
    public void AddFile(string? path)
    {
        var file = path ?? DefaultPath;
        var text = "";
        Files.Add(file);
        try
        {
            text = BoundedRead.Run(() => File.ReadAllText(file));
            Merge(_tree, SettingsJson.ParseObject(text, (place, line) => Origins.SetOnly(place, new SettingSource(SettingStrength.File, file, line))));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            IsFileAbsent = path is null;
            if (path is not null)
            {
                _warnings.Add($"There is no configuration file at {path}.");
            }
        }
        catch (JsonException exception)
        {
            var place = $"(line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
            _problems.Add(new SettingProblem(file, $"is not a JSON object {place}{(SettingsJson.CommonMistake(text) is { } mistake ? $": {mistake}" : "")}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new SettingProblem(file, $"cannot be read: {FileErrors.Describe(file, exception)}"));
        }
    }

    /// <summary>
    /// Adds environment variables: whole settings by their top-level name, structured ones as JSON, single ones flattened
    /// (<c>SERVER_PORT</c>). Names are case-insensitive; the flattened form has precedence.
    /// </summary>
    public void AddVariables(IReadOnlyDictionary<string, string> variables)
    {
        // Names that differ by case only, as those of forward proxies often do, must not conflict; upper case, the usual one, wins.
        var given = new Dictionary<string, KeyValuePair<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in variables.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            given.TryAdd(variable.Key, variable);
        }

        var names = new VariableNames(_catalog);
        foreach (var variable in given.Values.Where(variable => names.IsServiceLink(variable.Key, variable.Value)).ToList())
        {
            given.Remove(variable.Key);
            if (names.IsKnown(variable.Key))
            {
                _warnings.Add($"The environment variable {variable.Key} was ignored: its value {variable.Value} is what Kubernetes sets for a Service of that name.");
            }
        }

        foreach (var top in _catalog.TopLevelNames)
        {
            if (given.TryGetValue(top, out var variable))
            {
                AddTopLevel(top, variable.Key, variable.Value);
            }
        }

        foreach (var name in _catalog.Names.Where(static name => name.Contains('.', StringComparison.Ordinal)))
        {
            if (given.TryGetValue(VariableNames.Of(name), out var variable))
            {
                AddFlattened(name, variable.Key, variable.Value);
            }
        }

        if (names.DescribeUnknown(given.Keys) is { Length: > 0 } unknown)
        {
            _warnings.Add($"Environment variables that name no setting, and are ignored: {unknown}.");
        }
    }

    /// <summary>Reads secrets from files. To be called once, after all sources were added.</summary>
    public void ReadSecretFiles() => SecretFiles.Read(_catalog, this, _problems);

    /// <summary>Finds the value of a setting; null if it is not set or null.</summary>
    /// <param name="name">Its name, with dots.</param>
    public JsonNode? Find(string name) =>
        name.Split('.').Aggregate((JsonNode?)_tree, static (node, part) => (node as JsonObject)?[part]);

    /// <summary>Sets one setting.</summary>
    /// <param name="name">Its name, with dots.</param>
    /// <param name="value">Its value.</param>
    /// <param name="source">The source; null if it need not be recorded.</param>
    public void Set(string name, JsonNode? value, SettingSource? source = null)
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
        if (source is not null)
        {
            Origins.Set(name, source);
        }
    }

    /// <summary>Adds a member of a structured setting: text, unless it looks like JSON and the setting takes more than text.</summary>
    private void AddFlattened(string name, string variable, string value)
    {
        var source = new SettingSource(SettingStrength.Variable, variable);
        if (!LooksLikeJson(value) || _catalog.TakesText(name))
        {
            Set(name, JsonValue.Create(value), source);
            return;
        }

        try
        {
            Set(name, SettingsJson.Parse(value), source);
        }
        catch (JsonException)
        {
            _problems.Add(NotJson(name, source, value));
        }
    }

    private static bool LooksLikeJson(string value) => value.AsSpan().TrimStart() is ['{' or '[', ..];

    private void AddTopLevel(string name, string variable, string value)
    {
        var source = new SettingSource(SettingStrength.Variable, variable);
        if (!_catalog.IsStructured(name) && !LooksLikeJson(value))
        {
            Set(name, JsonValue.Create(value), source);
            return;
        }

        try
        {
            var places = new List<string>();
            var node = SettingsJson.Parse(value, (place, _) => places.Add(place));
            if (node is JsonObject given && _tree[name] is JsonObject existing)
            {
                Merge(existing, given);
                places.ForEach(place => Origins.SetOnly(place.Length == 0 ? name : $"{name}.{place}", source));
            }
            else
            {
                Set(name, node, source);
            }
        }
        catch (JsonException)
        {
            _problems.Add(NotJson(name, source, value));
        }
    }

    /// <summary>The problem of a variable that should have JSON. The value is shown unless the setting, or one of its group, is secret.</summary>
    private SettingProblem NotJson(string name, SettingSource source, string value)
    {
        var isShown = !_catalog.IsSecret(name) && !_catalog.HasSecrets(name) && !value.Contains('@', StringComparison.Ordinal);
        var shown = value.Length <= MaxShownLength ? value : $"{value.AsSpan(0, MaxShownLength)}…";
        var mistake = value.AsSpan().TrimStart() is ['{', ..] ? SettingsJson.CommonMistake(value) : null;
        return new SettingProblem(name, $"must be JSON, such as {{\"name\": \"value\"}}{(isShown ? $", not {shown}" : "")}{(mistake is null ? "" : $": {mistake}")}") { Source = source };
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
