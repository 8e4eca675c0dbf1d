using System.Buffers;
using System.Text;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <summary>
/// Finds features by the names that SDKs count them under: exactly, or else in lower case with blanks as underscores, as the
/// JavaScript SDK writes them (docs/spec/analytics.md 1.2). One for each snapshot.
/// </summary>
internal sealed class FeatureNameIndex
{
    private readonly Lazy<Dictionary<FeatureName, byte[]?>.AlternateLookup<ReadOnlySpan<byte>>> _normalized;

    public FeatureNameIndex(EnvironmentSnapshot snapshot)
    {
        Snapshot = snapshot;
        _normalized = new(() => Normalized(snapshot).GetAlternateLookup<ReadOnlySpan<byte>>());
    }

    /// <summary>The snapshot.</summary>
    public EnvironmentSnapshot Snapshot { get; }

    /// <summary>The real name of a feature; empty if there is none, or several that differ in case and blanks only.</summary>
    /// <param name="name">The name as it came, at most 8,000 bytes long.</param>
    public ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> name)
    {
        if (Snapshot.HasFeature(name))
        {
            return name;
        }

        Span<byte> room = stackalloc byte[512];
        if (2 * name.Length > room.Length)
        {
            room = new byte[2 * name.Length];
        }

        var normalized = room[..Normalize(name, room)];
        return _normalized.Value.TryGetValue(normalized, out var real) ? real : default;
    }

    private static Dictionary<FeatureName, byte[]?> Normalized(EnvironmentSnapshot snapshot)
    {
        var names = new Dictionary<FeatureName, byte[]?>(FeatureNameComparer.Instance);
        for (var feature = 0; feature < snapshot.FeatureCount; feature++)
        {
            var real = snapshot.FeatureName(feature).ToArray();
            var normalized = new byte[2 * real.Length];
            var key = new FeatureName(normalized.AsSpan(0, Normalize(real, normalized)));
            names[key] = names.ContainsKey(key) ? null : real;
        }

        return names;
    }

    /// <returns>The length of the result, which is at most twice as long as the name.</returns>
    private static int Normalize(ReadOnlySpan<byte> name, Span<byte> normalized)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(name, out var letter, out var read) == OperationStatus.Done)
        {
            name = name[read..];
            length += (letter.Value == ' ' ? new Rune('_') : Rune.ToLowerInvariant(letter)).EncodeToUtf8(normalized[length..]);
        }

        return length;
    }
}
