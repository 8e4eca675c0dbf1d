using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// A place in the settings. Reading it as something it is not adds a problem with its path and gives the default, so that
/// one pass finds every problem. Values from environment variables are text, and are read as the type asked for.
/// </summary>
internal sealed class SettingNode
{
    private const int MaxShownLength = 60;

    private readonly JsonNode? _node;
    private readonly string _path;

    /// <summary>The root: all settings.</summary>
    public SettingNode(JsonObject tree, SettingReading reading)
        : this(tree, "", reading, isPresent: true)
    {
    }

    private SettingNode(JsonNode? node, string path, SettingReading reading, bool isPresent)
    {
        _node = node;
        _path = path;
        Reading = reading;
        IsPresent = isPresent;
    }

    /// <summary>The pass that this place is read in.</summary>
    public SettingReading Reading { get; }

    /// <summary>Indicates whether something is set, null included.</summary>
    public bool IsPresent { get; }

    /// <summary>Indicates whether nothing, or null, is set.</summary>
    public bool IsUnset => _node is null;

    /// <summary>Indicates whether this is an object.</summary>
    public bool IsObject => _node is JsonObject;

    /// <summary>A setting below.</summary>
    public SettingNode this[string name]
    {
        get
        {
            ExpectObject();
            JsonNode? child = null;
            var isPresent = _node is JsonObject json && json.TryGetPropertyValue(name, out child);
            return new SettingNode(child, _path.Length == 0 ? name : $"{_path}.{name}", Reading, isPresent);
        }
    }

    /// <summary>A setting at a path of names with dots between them.</summary>
    public SettingNode At(string path) => path.Split('.').Aggregate(this, static (node, name) => node[name]);

    /// <summary>The names that are set below.</summary>
    public IReadOnlyList<string> Names()
    {
        ExpectObject();
        return _node is JsonObject json ? [.. json.Select(static member => member.Key)] : [];
    }

    /// <summary>The items of a list; one value alone is a list of one.</summary>
    public IReadOnlyList<SettingNode> Items() => _node switch
    {
        null => [],
        JsonArray array => [.. array.Select((item, index) => new SettingNode(item, $"{_path}[{index}]", Reading, isPresent: true))],
        _ => [this],
    };

    /// <summary>Text, without blanks around it.</summary>
    /// <param name="expectation">The expected value, in words.</param>
    public string? Text(string expectation = "text")
    {
        if (_node is null)
        {
            return null;
        }

        if (_node.GetValueKind() == JsonValueKind.String)
        {
            return _node.GetValue<string>().Trim();
        }

        Expected(expectation);
        return null;
    }

    /// <summary>A text, a number or a Boolean as text without blanks around it; empty for anything else.</summary>
    public string Scalar() => _node is JsonValue value ? value.ToString().Trim() : "";

    /// <summary>Adds a problem: something else was expected. The value is shown unless it is secret.</summary>
    /// <param name="what">The expected value, in words.</param>
    /// <param name="isSecret">True if the value must not be shown whatever its path is.</param>
    public void Expected(string what, bool isSecret = false)
    {
        var value = isSecret || Reading.IsSecret(_path) || _node is null ? "" : $", not {Shown(_node)}";
        Problem($"must be {what}{value}");
    }

    /// <summary>Notes that the value is not acted on.</summary>
    public void Ignore() => Reading.Ignore(_path);

    /// <summary>Adds a problem.</summary>
    public void Problem(string message) => Reading.Add(_path, message);

    private static string Shown(JsonNode node)
    {
        var text = node switch
        {
            JsonObject => "an object",
            JsonArray => "a list",
            _ => node.ToJsonString(),
        };
        return text.Length <= MaxShownLength ? text : $"{text.AsSpan(0, MaxShownLength)}…";
    }

    private void ExpectObject()
    {
        if (_node is not (null or JsonObject))
        {
            Expected("an object");
        }
    }
}
