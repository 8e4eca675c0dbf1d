using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Reads settings that are JSON. Of members with the same name the last one counts, as for the Python proxy.</summary>
internal static class SettingsJson
{
    /// <summary>Anything.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonNode? Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return Convert(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("Half of a surrogate pair.", exception);
        }
    }

    /// <summary>An object.</summary>
    /// <exception cref="JsonException">It is not JSON, or not an object.</exception>
    public static JsonObject ParseObject(string json) =>
        Parse(json) as JsonObject ?? throw new JsonException("Not an object.", path: null, lineNumber: 0, bytePositionInLine: 0);

    // Nodes are not parsed directly: they throw, and late, when a name comes twice.
    private static JsonNode? Convert(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var json = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    json[member.Name] = Convert(member.Value);
                }

                return json;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Convert)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            default:
                return element.ValueKind == JsonValueKind.Null ? null : JsonValue.Create(element.Clone());
        }
    }
}
