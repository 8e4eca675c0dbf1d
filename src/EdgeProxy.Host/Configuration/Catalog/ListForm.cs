using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>A list of texts, or one alone.</summary>
internal sealed record ListForm : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } };
}
