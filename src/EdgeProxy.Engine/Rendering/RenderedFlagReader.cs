using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// Reads a rendered flag: so a snapshot need not keep a hundred thousand states in addition to their rendered form, for the
/// few results that are explained.
/// </summary>
internal static class RenderedFlagReader
{
    /// <summary>Reads the state, as far as results need it.</summary>
    /// <param name="flag">A flag out of <see cref="FlagRenderer"/>.</param>
    public static FeatureState Read(ReadOnlyMemory<byte> flag)
    {
        using var json = JsonDocument.Parse(flag);
        var root = json.RootElement;
        var feature = root.GetProperty("feature"u8);
        var id = feature.GetProperty("id"u8);
        JsonScalar.TryGet(root.GetProperty("feature_state_value"u8), out var value);
        return new FeatureState
        {
            Name = feature.GetProperty("name"u8).GetString() ?? "",
            FeatureId = id.ValueKind == JsonValueKind.Null ? null : id.GetInt64(),
            Enabled = root.GetProperty("enabled"u8).GetBoolean(),
            Value = value,
            Metadata = root.TryGetProperty("metadata"u8, out var metadata) ? metadata.Clone() : null,
        };
    }
}
