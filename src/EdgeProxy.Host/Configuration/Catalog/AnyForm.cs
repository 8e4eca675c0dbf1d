using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>Anything: what it may be is not this proxy's to say.</summary>
internal sealed record AnyForm : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => [];
}
