using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>A list of texts, or one alone.</summary>
/// <param name="IsAddresses">Whether they have to be addresses or networks, or <c>*</c>.</param>
internal sealed record ListForm(bool IsAddresses = false) : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } };
}
