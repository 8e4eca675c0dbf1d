using System.Buffers;
using System.Runtime.CompilerServices;

namespace EdgeProxy.Engine.Buffers;

/// <summary>
/// Something long that grows while a snapshot is built, in rented arrays: what stays is a copy of just the right size, and
/// growing leaves no garbage.
/// </summary>
internal sealed class PooledList<T> : IBufferWriter<T>, IDisposable
    where T : unmanaged
{
    private T[] _items;

    /// <param name="capacity">The expected number of items.</param>
    public PooledList(int capacity)
    {
        _items = ArrayPool<T>.Shared.Rent(capacity);
    }

    /// <summary>The number of items.</summary>
    public int Count { get; private set; }

    /// <summary>All of them; until the next is added.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>Adds one.</summary>
    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow(1);
        }

        _items[Count++] = item;
    }

    /// <summary>Adds several.</summary>
    public void AddRange(ReadOnlySpan<T> items)
    {
        items.CopyTo(GetSpan(items.Length));
        Count += items.Length;
    }

    /// <summary>Takes the last ones away.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<T> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _items.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<T> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _items.AsSpan(Count);
    }

    /// <summary>All of them in an array of their number.</summary>
    public T[] ToArray()
    {
        if (Count == 0)
        {
            return [];
        }

        // Not cleared first: it may be many megabytes.
        var array = GC.AllocateUninitializedArray<T>(Count);
        Items.CopyTo(array);
        return array;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = [];
            Count = 0;
        }
    }

    private void MakeRoom(int sizeHint)
    {
        if (_items.Length - Count < Math.Max(1, sizeHint))
        {
            Grow(Math.Max(1, sizeHint));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // the rare half of Add
    private void Grow(int more)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(checked(Count + more), (int)Math.Min(Array.MaxLength, _items.Length * 2L)));
        Items.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
