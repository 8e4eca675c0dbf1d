using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <content>Access to JSON in which anything may be missing.</content>
public static partial class EngineCaseReader
{
    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } present
        && present.TryGetProperty(name, out var member)
        && member.ValueKind is not JsonValueKind.Null
            ? member
            : null;

    private static IEnumerable<(string? Key, JsonElement Content)> Items(JsonElement? parent, string name) =>
        Member(parent, name) switch
        {
            { ValueKind: JsonValueKind.Object } members => members.EnumerateObject().Select(member => ((string?)member.Name, member.Value)),
            { ValueKind: JsonValueKind.Array } elements => elements.EnumerateArray().Select(element => ((string?)null, element)),
            _ => [],
        };

    /// <summary>A string as it is; a number or a boolean, such as a numeric key, by its spelling.</summary>
    private static string? Text(JsonElement? parent, string name) =>
        Member(parent, name) is { } member ? Scalar(member).Text : null;

    private static bool Flag(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.True };

    private static ScalarValue? Number(JsonElement parent, string name)
    {
        if (Member(parent, name) is { ValueKind: JsonValueKind.Number } number)
        {
            return Scalar(number);
        }

        return null; // not as "? :", where null would be taken for the value Null
    }

    private static ScalarValue Scalar(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => ScalarValue.FromJsonNumber(number.GetRawText()),
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => ScalarValue.Null,
    };
}
