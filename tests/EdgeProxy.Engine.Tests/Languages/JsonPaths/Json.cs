using System.Text.Json;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>Node trees from JSON and back, and queries over JSON.</summary>
internal static class Json
{
    public static PathNode Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ToNode(document.RootElement);
    }

    /// <summary>Without blanks, numbers as they were spelled.</summary>
    public static string Write(PathNode node) => node.Kind switch
    {
        PathNodeKind.Object => "{" + string.Join(",", node.Members.Select(static member => $"{Quote(member.Key)}:{Write(member.Value)}")) + "}",
        PathNodeKind.Array => "[" + string.Join(",", node.Items.Select(Write)) + "]",
        _ => node.Scalar.Kind == ScalarKind.String ? Quote(node.Scalar.Text) : node.Scalar.Text,
    };

    /// <summary>The whole nodelist, one after the other with commas; empty if it is empty.</summary>
    public static string Select(string query, string json) =>
        string.Join(",", Query(query).Select(Parse(json)).Select(Write));

    /// <summary>True if the filter holds for a value.</summary>
    public static bool Holds(string condition, string json) =>
        Query($"$[?{condition}]").First(Parse($"[{json}]")) is not null;

    public static JsonPathQuery Query(string text)
    {
        Assert.True(JsonPathQuery.TryParse(text, out var query, out var error), error);
        Assert.Null(error);
        return query;
    }

    /// <summary>Asserts that this is no query, and that the error says where.</summary>
    public static string Error(string text)
    {
        Assert.False(JsonPathQuery.TryParse(text, out var query, out var error));
        Assert.Null(query);
        Assert.Matches(@"^[^\n]+ at offset [0-9]+$", error);
        return error;
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static PathNode ToNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => PathNode.Object(
            [.. element.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, ToNode(member.Value)))]),
        JsonValueKind.Array => PathNode.Array([.. element.EnumerateArray().Select(ToNode)]),
        JsonValueKind.String => PathNode.Of(element.GetString()),
        JsonValueKind.Number => PathNode.Of(ScalarValue.FromJsonNumber(element.GetRawText())),
        JsonValueKind.True => PathNode.Of(true),
        JsonValueKind.False => PathNode.Of(false),
        _ => PathNode.Of(ScalarValue.Null),
    };
}
