using System.Buffers;
using System.Runtime.CompilerServices;

namespace EdgeProxy.Engine.Buffers;

/// <summary>
/// Something long that grows while a snapshot is built, in rented arrays: what stays is a copy of just the right size, and
/// growing leaves no garbage. Very long arrays are not rented: a pool rounds up to powers of two, and keeps what it gets back.
/// </summary>
internal sealed class PooledList<T> : IBufferWriter<T>, IDisposable
    where T : unmanaged
{
    // The maximum length of rented arrays.
    private const int MaxPooledBytes = 8 * 1024 * 1024;

    // What TakeArray may leave unused: one part in so many.
    private const int SlackDivisor = 8;

    private T[] _items;
    private bool _isRented;

    /// <param name="capacity">The expected number of items.</param>
    public PooledList(int capacity)
    {
        _items = Allocate(capacity, out _isRented);
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

    /// <summary>Puts another item in the place of the last one.</summary>
    public void ReplaceLast(T item) => _items[Count - 1] = item;

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

    /// <summary>
    /// All of them, in an array of at least their number: that of the list if it is very long and nearly full, as the copy
    /// would take its length once more. The list is empty afterwards.
    /// </summary>
    public T[] TakeArray()
    {
        if (_isRented || _items.Length - Count > _items.Length / SlackDivisor)
        {
            var copy = ToArray();
            Dispose();
            return copy;
        }

        var array = _items;
        _items = [];
        Count = 0;
        return array;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release(_items, _isRented);
        _items = [];
        _isRented = false;
        Count = 0;
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
        // Long ones by half only: while they are copied, both are there.
        var next = IsPooled(_items.Length) ? _items.Length * 2L : _items.Length + (_items.Length / 2L);
        var larger = Allocate(Math.Max(checked(Count + more), (int)Math.Min(Array.MaxLength, next)), out var isRented);
        Items.CopyTo(larger);
        Release(_items, _isRented);
        _items = larger;
        _isRented = isRented;
    }

    private static bool IsPooled(int length) => (long)length * Unsafe.SizeOf<T>() <= MaxPooledBytes;

    private static T[] Allocate(int capacity, out bool isRented)
    {
        isRented = IsPooled(capacity);
        return isRented ? ArrayPool<T>.Shared.Rent(capacity) : GC.AllocateUninitializedArray<T>(capacity);
    }

    private static void Release(T[] items, bool isRented)
    {
        if (isRented && items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
        }
    }
}
