using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Any value; for settings that are accepted without effect.</summary>
internal sealed class AnyForm : SettingForm
{
    /// <inheritdoc/>
    public override string Expectation => "anything";

    /// <inheritdoc/>
    public override JsonObject Schema() => [];
}
