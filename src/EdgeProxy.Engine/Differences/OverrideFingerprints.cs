using System.IO.Hashing;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Differences;

/// <summary>
/// The overrides of identities as hashes: there may be a hundred thousand, and only their number is told. The overrides of
/// an identity may come in any order.
/// </summary>
internal sealed class OverrideFingerprints : IOverrideReceiver
{
    private readonly Dictionary<ulong, ulong> _states = [];

    /// <summary>Reads the overrides of a document.</summary>
    public static OverrideFingerprints Of(DocumentOverrides? overrides)
    {
        var fingerprints = new OverrideFingerprints();
        overrides?.ReadTo(fingerprints);
        return fingerprints;
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> identifier, in OverrideState state)
    {
        var hash = Hash(0, state.FeatureName);
        hash = Hash(Hash(hash, [(byte)(state.Enabled ? 1 : 0), (byte)state.ValueKind]), state.Value);
        var key = Hash(0, identifier);
        _states[key] = _states.GetValueOrDefault(key) + Hash(hash, state.Metadata);
    }

    /// <summary>Lists the differences.</summary>
    public IEnumerable<EnvironmentChange> CompareTo(OverrideFingerprints later)
    {
        var removed = _states.Keys.Count(key => !later._states.ContainsKey(key));
        var added = later._states.Keys.Count(key => !_states.ContainsKey(key));
        var changed = later._states.Count(state => _states.TryGetValue(state.Key, out var earlier) && earlier != state.Value);
        return new (EnvironmentChangeKind Kind, int Count)[]
        {
            (EnvironmentChangeKind.IdentityOverridesAdded, added),
            (EnvironmentChangeKind.IdentityOverridesRemoved, removed),
            (EnvironmentChangeKind.IdentityOverridesChanged, changed),
        }.Where(static change => change.Count > 0).Select(static change => new EnvironmentChange(change.Kind) { Count = change.Count });
    }

    /// <summary>Hashes a part, seeded with the hash of the parts before it, so that no byte can move from one to the next.</summary>
    private static ulong Hash(ulong before, ReadOnlySpan<byte> part) => XxHash3.HashToUInt64(part, (long)before);
}
