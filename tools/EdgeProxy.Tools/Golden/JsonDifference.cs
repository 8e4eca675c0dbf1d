using System.Text.Json;

namespace EdgeProxy.Tools.Golden;

/// <summary>Compares JSON by value: the order of members and the spelling of numbers and strings do not matter.</summary>
internal static class JsonDifference
{
    private const int ShownCharacters = 200;

    /// <summary>Finds the first difference.</summary>
    /// <param name="expected">The recorded value.</param>
    /// <param name="actual">The value to check.</param>
    /// <param name="mayBeAdded">Decides whether a member may be there that the recorded object lacks.</param>
    /// <returns>A description that begins with the path; null where there is no difference.</returns>
    public static string? Find(JsonElement expected, JsonElement actual, Func<JsonElement, JsonProperty, bool> mayBeAdded) =>
        Find(expected, actual, mayBeAdded, "$");

    private static string? Find(JsonElement expected, JsonElement actual, Func<JsonElement, JsonProperty, bool> mayBeAdded, string path) =>
        (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => InObject(expected, actual, mayBeAdded, path),
            (JsonValueKind.Array, JsonValueKind.Array) => InArray(expected, actual, mayBeAdded, path),
            _ => JsonElement.DeepEquals(expected, actual) ? null : $"{path} is {Shown(actual)}, expected {Shown(expected)}",
        };

    private static string? InObject(JsonElement expected, JsonElement actual, Func<JsonElement, JsonProperty, bool> mayBeAdded, string path)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out var value))
            {
                return $"{path}.{member.Name} is missing";
            }

            if (Find(member.Value, value, mayBeAdded, $"{path}.{member.Name}") is { } difference)
            {
                return difference;
            }
        }

        foreach (var member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _) && !mayBeAdded(expected, member))
            {
                return $"{path}.{member.Name} is not expected";
            }
        }

        return null;
    }

    private static string? InArray(JsonElement expected, JsonElement actual, Func<JsonElement, JsonProperty, bool> mayBeAdded, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
        {
            return $"{path} has {actual.GetArrayLength()} items, expected {expected.GetArrayLength()}";
        }

        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            if (Find(expected[i], actual[i], mayBeAdded, $"{path}[{i}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : $"{text[..ShownCharacters]}…";
    }
}
