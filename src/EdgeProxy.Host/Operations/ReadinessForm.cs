using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Operations;

/// <summary><c>"all"</c>, <c>"any"</c>, or names of environments.</summary>
internal sealed class ReadinessForm : TypedForm<ReadinessRequirement>
{
    /// <inheritdoc/>
    public override string Expectation => "\"all\", \"any\", or a list of environments";

    /// <inheritdoc/>
    public override ReadinessRequirement Read(SettingNode node, ReadinessRequirement otherwise)
    {
        string[] words = [.. node.Items().Select(ReadWord).OfType<string>()];
        return words switch
        {
            [] => otherwise,
            [var word] when word.Equals("all", StringComparison.OrdinalIgnoreCase) => ReadinessRequirement.All,
            [var word] when word.Equals("any", StringComparison.OrdinalIgnoreCase) => ReadinessRequirement.Any,
            _ => ReadinessRequirement.Of(words),
        };
    }

    /// <inheritdoc/>
    public override JsonNode? Write(ReadinessRequirement value) =>
        value.Named.Count > 0 ? new JsonArray([.. value.Named.Select(static name => JsonValue.Create(name))])
        : JsonValue.Create(value.IsAny ? "any" : "all");

    /// <inheritdoc/>
    public override JsonObject Schema() => ListForm.ListSchema();

    private string? ReadWord(SettingNode node)
    {
        var word = node.Text(Expectation);
        if (string.IsNullOrEmpty(word))
        {
            node.Expected(Expectation);
            return null;
        }

        return word;
    }
}
