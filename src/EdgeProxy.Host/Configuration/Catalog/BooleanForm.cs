using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>True or false.</summary>
internal sealed record BooleanForm : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
