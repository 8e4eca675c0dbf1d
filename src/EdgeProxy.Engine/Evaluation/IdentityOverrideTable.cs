using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>The overrides of single identities: one lookup by identifier, however many there are.</summary>
internal sealed class IdentityOverrideTable
{
    private readonly Utf8Index _identifiers;
    private readonly int[] _firsts;
    private readonly Entry[] _entries;

    /// <param name="identifiers">The identifiers of the identities with overrides.</param>
    /// <param name="firsts">The index of the first entry of each identity, and at the end the number of entries.</param>
    /// <param name="entries">The overrides of each identity, by descending precedence.</param>
    public IdentityOverrideTable(Utf8Index identifiers, int[] firsts, Entry[] entries)
    {
        _identifiers = identifiers;
        _firsts = firsts;
        _entries = entries;
    }

    /// <summary>The number of identities with overrides.</summary>
    public int Count => _identifiers.Count;

    /// <summary>Returns the identifier of an identity with overrides, by its number.</summary>
    public ReadOnlySpan<byte> Identifier(int number) => _identifiers[number];

    /// <summary>Sets the outcomes of the features that this identity has overrides of.</summary>
    /// <param name="identifier">Compared exactly.</param>
    /// <param name="outcomes">The flag of each feature.</param>
    /// <returns>True if there are any.</returns>
    public bool TryApply(ReadOnlySpan<byte> identifier, Span<int> outcomes)
    {
        var identity = _identifiers.Find(identifier);
        if (identity < 0)
        {
            return false;
        }

        // Backwards, so that the first of several overrides of a feature remains.
        var entries = _entries.AsSpan(_firsts[identity].._firsts[identity + 1]);
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            outcomes[entries[i].Feature] = entries[i].Outcome;
        }

        return true;
    }

    /// <summary>Finds the override that an identity has of one feature.</summary>
    /// <param name="identifier">Compared exactly.</param>
    /// <param name="feature">The feature's place in the environment.</param>
    /// <returns>The flag; -1 if there is none.</returns>
    public int Find(ReadOnlySpan<byte> identifier, int feature)
    {
        var identity = _identifiers.Find(identifier);
        if (identity >= 0)
        {
            foreach (ref readonly var entry in _entries.AsSpan(_firsts[identity].._firsts[identity + 1]))
            {
                if (entry.Feature == feature)
                {
                    return entry.Outcome;
                }
            }
        }

        return -1;
    }

    /// <summary>Marks the features that any identity has an override of.</summary>
    public void MarkFeatures(Span<bool> isOverridden)
    {
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            isOverridden[entry.Feature] = true;
        }
    }

    /// <summary>An override of an identity.</summary>
    /// <param name="Feature">The feature's place in the environment.</param>
    /// <param name="Outcome">The flag.</param>
    internal readonly record struct Entry(int Feature, int Outcome);
}
