using System.Buffers;
using System.Text;
using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Compilation.Dependencies;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation;

/// <summary>Renders identity overrides from a model or a document, and sorts them by identifier.</summary>
internal sealed class IdentityOverrideCompiler : IOverrideReceiver, IDisposable
{
    private readonly FlagRenderer _renderer;
    private readonly Utf8Index _featureNames;
    private readonly Utf8Index _identifiers;
    private readonly PooledList<(int Identity, IdentityOverrideTable.Entry Entry)> _found;
    private readonly Dictionary<FeatureState, int> _rendered = [];
    private readonly FlagValueBuilder? _values;
    private readonly Func<int, bool> _canFail;
    private readonly MemoryReserve _reserve;

    /// <param name="renderer">Renders the overrides.</param>
    /// <param name="featureNames">The features of the environment.</param>
    /// <param name="values">Receives the flags that conditions can read; null if none reads any.</param>
    /// <param name="canFail">True if the feature of a place may be part of a circular dependency.</param>
    /// <param name="reserve">The memory that compiling leaves to others.</param>
    /// <param name="capacity">The expected number of overrides.</param>
    public IdentityOverrideCompiler(
        FlagRenderer renderer, Utf8Index featureNames, FlagValueBuilder? values, Func<int, bool> canFail, MemoryReserve reserve, int capacity)
    {
        _reserve = reserve;
        _values = values;
        _canFail = canFail;
        _renderer = renderer;
        _featureNames = featureNames;
        _identifiers = new Utf8Index(capacity);
        _found = new PooledList<(int Identity, IdentityOverrideTable.Entry Entry)>(capacity);
    }

    /// <summary>Adds the overrides of a model.</summary>
    public void Add(IReadOnlyList<IdentityOverride> overrides)
    {
        foreach (var item in overrides)
        {
            foreach (var state in item.States)
            {
                var place = _featureNames.Find(Encoding.UTF8.GetBytes(state.Name));
                if (place >= 0)
                {
                    var flag = Render(place, state);
                    _values?.Add(place, flag, state, FlagSource.Identity);
                    Add(Encoding.UTF8.GetBytes(item.Identifier), place, flag);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> identifier, in OverrideState state)
    {
        var place = _featureNames.Find(state.FeatureName);
        if (place >= 0)
        {
            var flag = _renderer.RenderOverride(in state, _canFail(place));
            _values?.Add(place, flag, in state);
            Add(identifier, place, flag);
        }
    }

    /// <summary>Creates the table of all overrides of existing features.</summary>
    public IdentityOverrideTable Finish()
    {
        _identifiers.Trim();
        return Sort();
    }

    /// <inheritdoc/>
    public void Dispose() => _found.Dispose();

    private void Add(ReadOnlySpan<byte> identifier, int place, int outcome)
    {
        _reserve.Check();
        _found.Add((_identifiers.Add(identifier), new IdentityOverrideTable.Entry(place, outcome)));
    }

    /// <summary>Many identities have equal overrides, which are rendered once.</summary>
    private int Render(int place, FeatureState state)
    {
        var content = state with { Key = "", Variants = [] };
        if (!_rendered.TryGetValue(content, out var outcome))
        {
            outcome = _renderer.Render(content, FlagSource.IdentityOverrides, canFail: _canFail(place));
            _rendered.Add(content, outcome);
        }

        return outcome;
    }

    /// <summary>
    /// Sorts by counting, which is stable: the first of an identity's overrides in the document stays the first.
    /// </summary>
    private IdentityOverrideTable Sort()
    {
        var firsts = new int[_identifiers.Count + 1];
        foreach (var (identity, _) in _found.Items)
        {
            firsts[identity + 1]++;
        }

        for (var i = 1; i < firsts.Length; i++)
        {
            firsts[i] += firsts[i - 1];
        }

        var next = ArrayPool<int>.Shared.Rent(firsts.Length);
        firsts.CopyTo(next.AsSpan());
        var entries = new IdentityOverrideTable.Entry[_found.Count];
        foreach (var (identity, entry) in _found.Items)
        {
            entries[next[identity]++] = entry;
        }

        ArrayPool<int>.Shared.Return(next);
        return new IdentityOverrideTable(_identifiers, firsts, entries);
    }
}
