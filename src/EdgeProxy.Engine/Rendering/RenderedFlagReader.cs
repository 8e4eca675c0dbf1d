using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// Reads a rendered flag again: so a snapshot need not keep a hundred thousand states beside what they were rendered to,
/// for the few results that somebody wants explained.
/// </summary>
internal static class RenderedFlagReader
{
    /// <summary>The state, as far as results tell of it.</summary>
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
