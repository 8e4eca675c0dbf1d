using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// A node of the settings. Reading it as the wrong type adds a problem with its path and returns the default, so that one
/// pass finds every problem. Values from environment variables are text, and are parsed as the requested type.
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

    /// <summary>The pass that reads this node.</summary>
    public SettingReading Reading { get; }

    /// <summary>Indicates whether something is set, null included.</summary>
    public bool IsPresent { get; }

    /// <summary>Indicates whether nothing, or null, is set.</summary>
    public bool IsUnset => _node is null;

    /// <summary>Indicates whether this is an object.</summary>
    public bool IsObject => _node is JsonObject;

    /// <summary>Returns a child.</summary>
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

    /// <summary>Returns a descendant by a path of names separated by dots.</summary>
    public SettingNode At(string path) => path.Split('.').Aggregate(this, static (node, name) => node[name]);

    /// <summary>The names of the children.</summary>
    public IReadOnlyList<string> Names()
    {
        ExpectObject();
        return _node is JsonObject json ? [.. json.Select(static member => member.Key)] : [];
    }

    /// <summary>Returns the items of a list; a single value is a list of one.</summary>
    public IReadOnlyList<SettingNode> Items() => _node switch
    {
        null => [],
        JsonArray array => [.. array.Select((item, index) => new SettingNode(item, $"{_path}[{index}]", Reading, isPresent: true))],
        _ => [this],
    };

    /// <summary>Reads text, without surrounding blanks.</summary>
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

    /// <summary>Reads a text, a number or a Boolean as text without surrounding blanks; empty for anything else.</summary>
    public string Scalar() => _node is JsonValue value ? value.ToString().Trim() : "";

    /// <summary>Adds a problem: another value was expected. The value is shown unless it is secret.</summary>
    /// <param name="what">The expected value, in words.</param>
    /// <param name="isSecret">True if the value must not be shown, whatever its path is.</param>
    public void Expected(string what, bool isSecret = false)
    {
        var value = isSecret || Reading.IsSecret(_path) || _node is null ? "" : $", not {Shown(_node)}";
        Problem($"must be {what}{value}");
    }

    /// <summary>Records that the value has no effect.</summary>
    public void Ignore() => Reading.Ignore(_path);

    /// <summary>Adds a problem.</summary>
    public void Problem(string message) => Reading.Add(_path, message);

    private static string Shown(JsonNode node)
    {
        var text = node switch
        {
            JsonObject => "an object",
            JsonArray => "a list",
            JsonValue value when value.GetValueKind() == JsonValueKind.String =>
                $"\"{JsonEncodedText.Encode(value.GetValue<string>(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
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
