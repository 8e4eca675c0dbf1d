using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Reads JSON settings. Of members with the same name the last one counts, as in the Python proxy.</summary>
internal static class SettingsJson
{
    /// <summary>Reads any value.</summary>
    /// <param name="json">The text.</param>
    /// <param name="locate">Receives the path of every value and its line, from 1.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonNode? Parse(string json, Action<string, int>? locate = null)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        var lines = new LineCounter(bytes);
        try
        {
            reader.Read();
            var node = Convert(ref reader, "", lines, locate);
            reader.Read(); // anything after the value is an error
            return node;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("Half of a surrogate pair.", exception);
        }
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It is not JSON, or not an object.</exception>
    public static JsonObject ParseObject(string json, Action<string, int>? locate = null) =>
        Parse(json, locate) as JsonObject ?? throw new JsonException("Not an object.", path: null, lineNumber: 0, bytePositionInLine: 0);

    /// <summary>Describes common mistakes in JSON; null if it is none of them.</summary>
    public static string? CommonMistake(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return "it is empty";
        }

        if (json.AsSpan().TrimStart() is ['[', ..])
        {
            return "it is a list; settings are members of an object, { }";
        }

        if (IsJson(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }))
        {
            return "comments are not allowed";
        }

        return IsJson(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
            ? "a comma before } or ] is not allowed"
            : null;
    }

    private static bool IsJson(string json, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(json, options);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Nodes are not parsed directly: they throw late for duplicate names.
    private static JsonNode? Convert(ref Utf8JsonReader reader, string path, LineCounter lines, Action<string, int>? locate)
    {
        locate?.Invoke(path, lines.LineAt(reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var json = new JsonObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    json[name] = Convert(ref reader, path.Length == 0 ? name : $"{path}.{name}", lines, locate);
                }

                return json;
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Convert(ref reader, $"{path}[{items.Count}]", lines, locate));
                }

                return items;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Null:
                return null;
            default:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
        }
    }
}
