using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>A time in seconds, with a fraction or without.</summary>
/// <param name="ZeroAllowed">Whether it may be none at all.</param>
/// <param name="NullAllowed">Whether null means something: for ever.</param>
internal sealed record SecondsForm(bool ZeroAllowed = false, bool NullAllowed = false) : SettingForm
{
    /// <summary>The most it may be: a week.</summary>
    public const double Most = 7 * 24 * 3600;

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = NullAllowed ? new JsonArray("number", "null") : "number",
        [ZeroAllowed ? "minimum" : "exclusiveMinimum"] = 0,
        ["maximum"] = Most,
    };
}
