using System.Buffers;
using System.Numerics;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Rendering;

/// <summary>Finds flags that are rendered alike, while a snapshot is built: of these one is enough.</summary>
internal sealed class RenderedFlagSet : IDisposable
{
    private int[] _buckets; // number of the flag + 1; 0 is empty
    private int _mask;
    private int _count;

    /// <param name="capacity">The expected number of flags.</param>
    public RenderedFlagSet(int capacity)
    {
        _buckets = Rent(capacity, out _mask);
    }

    /// <summary>The flag that is rendered like this one, which it is itself where there was none before.</summary>
    /// <param name="flag">Its number.</param>
    /// <param name="json">All flags.</param>
    /// <param name="slices">The slice of each flag.</param>
    public int Add(int flag, ReadOnlySpan<byte> json, ReadOnlySpan<FlagSlice> slices)
    {
        // At most half full, so that probes stay short.
        if (_count * 2 > _mask)
        {
            Grow(json, slices);
        }

        var text = TextOf(flag, json, slices);
        var at = (int)(Utf8Index.HashOf(text) & (uint)_mask);
        for (; _buckets[at] > 0; at = (at + 1) & _mask)
        {
            if (text.SequenceEqual(TextOf(_buckets[at] - 1, json, slices)))
            {
                return _buckets[at] - 1;
            }
        }

        _buckets[at] = flag + 1;
        _count++;
        return flag;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buckets.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_buckets);
            _buckets = [];
        }
    }

    private void Grow(ReadOnlySpan<byte> json, ReadOnlySpan<FlagSlice> slices)
    {
        var old = _buckets;
        var oldMask = _mask;
        _buckets = Rent(_count * 2, out _mask);
        foreach (var flag in old.AsSpan(0, oldMask + 1))
        {
            if (flag > 0)
            {
                var at = (int)(Utf8Index.HashOf(TextOf(flag - 1, json, slices)) & (uint)_mask);
                while (_buckets[at] > 0)
                {
                    at = (at + 1) & _mask;
                }

                _buckets[at] = flag;
            }
        }

        ArrayPool<int>.Shared.Return(old);
    }

    private static int[] Rent(int capacity, out int mask)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2 + 2));
        mask = length - 1;
        var buckets = ArrayPool<int>.Shared.Rent(length);
        buckets.AsSpan(0, length).Clear();
        return buckets;
    }

    private static ReadOnlySpan<byte> TextOf(int flag, ReadOnlySpan<byte> json, ReadOnlySpan<FlagSlice> slices) =>
        json[slices[flag].Start..slices[flag].End];
}
