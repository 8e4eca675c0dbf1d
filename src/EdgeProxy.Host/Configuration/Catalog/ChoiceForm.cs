using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>One of a few words, in any case.</summary>
/// <param name="Words">The words.</param>
internal sealed record ChoiceForm(params string[] Words) : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Words.Select(static word => JsonValue.Create(word))]) };
}
