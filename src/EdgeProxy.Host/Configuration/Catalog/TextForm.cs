using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>Any text.</summary>
/// <param name="IsUrl">Whether it has to be an http or https address.</param>
internal sealed record TextForm(bool IsUrl = false) : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => IsUrl
        ? new JsonObject { ["type"] = "string", ["format"] = "uri", ["pattern"] = "^https?://[^?#]+$" }
        : new JsonObject { ["type"] = "string" };
}
