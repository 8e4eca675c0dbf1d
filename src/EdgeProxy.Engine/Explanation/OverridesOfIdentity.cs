using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Collects the overrides of one identity, by feature; the first of two counts (docs/spec/evaluation.md 1.6).</summary>
internal sealed class OverridesOfIdentity : IOverrideReceiver
{
    private readonly string _identifier;
    private readonly byte[] _identifierUtf8;
    private readonly Dictionary<string, FeatureState> _states = new(StringComparer.Ordinal);

    /// <param name="identifier">The identifier.</param>
    public OverridesOfIdentity(string identifier)
    {
        _identifier = identifier;
        _identifierUtf8 = Encoding.UTF8.GetBytes(identifier);
    }

    /// <summary>The overrides.</summary>
    public IReadOnlyDictionary<string, FeatureState> States => _states;

    /// <summary>Adds the overrides of a model.</summary>
    public void Add(IReadOnlyList<IdentityOverride> overrides)
    {
        foreach (var state in overrides.Where(item => item.Identifier == _identifier).SelectMany(static item => item.States))
        {
            _states.TryAdd(state.Name, state);
        }
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> identifier, in OverrideState state)
    {
        if (identifier.SequenceEqual(_identifierUtf8))
        {
            var name = Encoding.UTF8.GetString(state.FeatureName);
            _states.TryAdd(name, StateOf(name, in state));
        }
    }

    private static FeatureState StateOf(string name, in OverrideState state) => new()
    {
        Name = name,
        FeatureId = state.FeatureId,
        Enabled = state.Enabled,
        Value = state.ToScalar(),
        Metadata = state.Metadata.IsEmpty ? null : JsonElement.Parse(state.Metadata),
    };
}
