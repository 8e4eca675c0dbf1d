namespace EdgeProxy.Host.Traits;

/// <summary>
/// A buffer that several threads append records to without waiting for each other, and one thread reads. It is sealed,
/// which rejects every append, except while it is in use.
/// </summary>
internal sealed class IntakeChunk
{
    private const int Sealed = int.MaxValue;

    // A pair of cache lines for each counter, and one in front, where the array's length is.
    private const int Reserved = 32;
    private const int Written = 64;
    private const int CounterRoom = 96;

    private readonly int[] _counters = new int[CounterRoom];
    private readonly byte[] _bytes;
    private int _length = -1;

    /// <param name="capacity">The size in bytes.</param>
    public IntakeChunk(int capacity)
    {
        _bytes = new byte[capacity];
        _counters[Reserved] = Sealed;
    }

    /// <summary>Indicates whether it is in use and nothing was appended.</summary>
    public bool IsEmpty => Volatile.Read(ref _counters[Reserved]) == 0;

    /// <summary>Indicates whether it is in use and at least half full.</summary>
    public bool IsHalfFull => Volatile.Read(ref _counters[Reserved]) is var reserved && reserved != Sealed && reserved >= _bytes.Length / 2;

    /// <summary>The records, after <see cref="IsComplete"/> returned true.</summary>
    public ReadOnlySpan<byte> Records => _bytes.AsSpan(0, _length);

    /// <summary>Reserves room for a record, which must be filled and completed.</summary>
    /// <returns>The room; empty if there is none.</returns>
    public Span<byte> TryReserve(int length)
    {
        var reserved = Volatile.Read(ref _counters[Reserved]);
        while (length <= _bytes.Length - reserved)
        {
            var seen = Interlocked.CompareExchange(ref _counters[Reserved], reserved + length, reserved);
            if (seen == reserved)
            {
                return _bytes.AsSpan(reserved, length);
            }

            reserved = seen;
        }

        return default;
    }

    /// <summary>Records that reserved room is filled.</summary>
    public void Complete(int length) => Interlocked.Add(ref _counters[Written], length);

    /// <summary>Begins to accept records. All earlier ones must have been read.</summary>
    public void Open()
    {
        Volatile.Write(ref _counters[Written], 0);
        Volatile.Write(ref _counters[Reserved], 0);
    }

    /// <summary>Ends accepting records. What was reserved before may still be filled.</summary>
    public void Seal() => _length = Interlocked.Exchange(ref _counters[Reserved], Sealed);

    /// <summary>Determines whether all records of the sealed buffer are filled.</summary>
    public bool IsComplete() => Volatile.Read(ref _counters[Written]) == _length;
}
