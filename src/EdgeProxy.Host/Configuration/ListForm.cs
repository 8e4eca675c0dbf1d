using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>A list of texts, or one text alone.</summary>
internal sealed class ListForm : TypedForm<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override string Expectation => "a list of texts, or one text";

    /// <summary>The schema of a list of texts, or one text.</summary>
    public static JsonObject ListSchema() =>
        new() { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Read(SettingNode node, IReadOnlyList<string> otherwise) =>
        node.IsUnset ? otherwise : [.. node.Items().Select(static item => item.Text()).OfType<string>()];

    /// <inheritdoc/>
    public override JsonNode? Write(IReadOnlyList<string> value) => new JsonArray([.. value.Select(static text => JsonValue.Create(text))]);

    /// <inheritdoc/>
    public override JsonObject Schema() => ListSchema();
}
