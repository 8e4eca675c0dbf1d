using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>Features of one evaluation whose variants are picked together.</summary>
internal sealed class VariantBatch
{
    private readonly PercentageHashes _hashes = new();
    private readonly VariantPicker?[] _pickers = new VariantPicker?[PercentageHashes.MaxOwners];
    private readonly byte[][] _keys = new byte[PercentageHashes.MaxOwners][];
    private readonly int[] _places = new int[PercentageHashes.MaxOwners];
    private readonly double[] _points = new double[PercentageHashes.MaxOwners];
    private int _count;

    /// <summary>Indicates whether the batch is empty.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Indicates whether the batch is full.</summary>
    public bool IsFull => _count == _pickers.Length;

    /// <summary>Adds a feature, unless <see cref="IsFull"/>.</summary>
    public void Add(int place, VariantPicker picker)
    {
        _pickers[_count] = picker;
        _keys[_count] = picker.FeatureKey;
        _places[_count] = place;
        _count++;
    }

    /// <summary>Picks the variants for an identity, and clears the batch.</summary>
    /// <param name="identityKey">The identity's key.</param>
    /// <param name="usual">The environment flags, by place.</param>
    /// <param name="outcomes">Receives the flags.</param>
    /// <returns>True if any outcome differs from the default.</returns>
    public bool Pick(ReadOnlySpan<byte> identityKey, ReadOnlySpan<int> usual, Span<int> outcomes)
    {
        _hashes.Of(_keys.AsSpan(0, _count), identityKey, _points);
        var deviates = false;
        for (var i = 0; i < _count; i++)
        {
            var place = _places[i];
            outcomes[place] = _pickers[i]!.Pick(_points[i]);
            deviates |= outcomes[place] != usual[place];
        }

        Clear();
        return deviates;
    }

    /// <summary>Clears the batch. Frames outlive snapshots, which may be large, so no reference to them is kept.</summary>
    public void Clear()
    {
        Array.Clear(_pickers, 0, _count);
        Array.Clear(_keys, 0, _count);
        _count = 0;
    }
}
