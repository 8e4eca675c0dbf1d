using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>A whole number.</summary>
/// <param name="Least">The least it may be.</param>
/// <param name="Most">The most it may be.</param>
internal sealed record IntegerForm(long Least, long Most) : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = Least, ["maximum"] = Most };
}
