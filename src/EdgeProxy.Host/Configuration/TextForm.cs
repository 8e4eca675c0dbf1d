using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Text; blank text counts as not set.</summary>
internal sealed class TextForm : TypedForm<string?>
{
    /// <inheritdoc/>
    public override string Expectation => "text";

    /// <inheritdoc/>
    public override string? Read(SettingNode node, string? otherwise) => node.Text() is { Length: > 0 } text ? text : otherwise;

    /// <inheritdoc/>
    public override JsonNode? Write(string? value) => value is null ? null : JsonValue.Create(value);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string" };
}
