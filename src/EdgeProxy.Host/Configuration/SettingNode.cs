using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// A place in the settings. Reading it as something it is not notes a problem with its path, and gives the default, so
/// that one pass finds every problem. Values from environment variables are text and are read as what is asked for.
/// </summary>
internal sealed class SettingNode
{
    private readonly JsonNode? _node;
    private readonly string _path;
    private readonly List<SettingProblem> _problems;

    public SettingNode(JsonNode? node, string path, List<SettingProblem> problems)
    {
        _node = node;
        _path = path;
        _problems = problems;
    }

    /// <summary>Whether nothing, or null, is set.</summary>
    public bool IsUnset => _node is null;

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => _node is JsonObject;

    /// <summary>A setting below.</summary>
    public SettingNode this[string name]
    {
        get
        {
            if (_node is not (null or JsonObject))
            {
                Expected("an object");
            }

            return new SettingNode((_node as JsonObject)?[name], _path.Length == 0 ? name : $"{_path}.{name}", _problems);
        }
    }

    /// <summary>Whether the name is set below, be it to null.</summary>
    public bool Has(string name) => _node is JsonObject json && json.ContainsKey(name);

    /// <summary>What is set below, by name.</summary>
    public IReadOnlyList<string> Names()
    {
        if (_node is not (null or JsonObject))
        {
            Expected("an object");
        }

        return _node is JsonObject json ? [.. json.Select(static member => member.Key)] : [];
    }

    /// <summary>The items of a list; one value alone is a list of one.</summary>
    public IReadOnlyList<SettingNode> Items() => _node switch
    {
        null => [],
        JsonArray array => [.. array.Select((item, index) => new SettingNode(item, $"{_path}[{index}]", _problems))],
        _ => [this],
    };

    /// <summary>Text, without blanks around it.</summary>
    public string? Text()
    {
        if (_node is null)
        {
            return null;
        }

        if (_node.GetValueKind() == JsonValueKind.String)
        {
            return _node.GetValue<string>().Trim();
        }

        Expected("a text");
        return null;
    }

    /// <summary>One of a few words, in any case.</summary>
    public T Choice<T>(IReadOnlyDictionary<string, T> choices, T otherwise)
    {
        if (IsUnset)
        {
            return otherwise;
        }

        if (Text() is { } text && choices.TryGetValue(text.ToUpperInvariant(), out var choice))
        {
            return choice;
        }

        Expected($"one of {string.Join(", ", choices.Keys)}");
        return otherwise;
    }

    /// <summary>True or false.</summary>
    public bool Boolean(bool otherwise)
    {
        if (IsUnset)
        {
            return otherwise;
        }

        if (bool.TryParse(Scalar(), out var value))
        {
            return value;
        }

        Expected("true or false");
        return otherwise;
    }

    /// <summary>A whole number within bounds.</summary>
    public long Integer(long otherwise, long least, long most)
    {
        if (IsUnset)
        {
            return otherwise;
        }

        if (long.TryParse(Scalar(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        Expected($"a whole number from {least} to {most}");
        return otherwise;
    }

    /// <summary>A time in seconds, with a fraction or without.</summary>
    public TimeSpan Seconds(TimeSpan otherwise, bool zeroAllowed)
    {
        if (IsUnset)
        {
            return otherwise;
        }

        const double Most = 7 * 24 * 3600;
        if (double.TryParse(Scalar(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && (seconds > 0 || (zeroAllowed && seconds == 0)) && seconds <= Most)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Expected(zeroAllowed ? $"seconds, from 0 to {Most}" : $"seconds, more than 0 and at most {Most}");
        return otherwise;
    }

    /// <summary>Notes what was expected here. Never says what was found: it may be a key.</summary>
    public void Expected(string what) => Problem($"must be {what}");

    /// <summary>Notes a problem here.</summary>
    public void Problem(string message)
    {
        if (!_problems.Exists(problem => problem.Path == _path))
        {
            _problems.Add(new SettingProblem(_path, message));
        }
    }

    private string Scalar() => _node is JsonValue value ? value.ToString() : "";
}
