namespace EdgeProxy.Host.Traits;

/// <summary>The buffers of one processor: one in use, and one that is read or spare.</summary>
internal sealed class IntakeStripe
{
    private readonly int _capacity;
    private IntakeChunk? _open;
    private IntakeChunk? _spare;
    private IntakeChunk? _sealed;

    /// <param name="capacity">The size of each buffer in bytes.</param>
    public IntakeStripe(int capacity)
    {
        _capacity = capacity;
    }

    /// <summary>Reserves room for a record.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="room">The room, to be filled.</param>
    /// <param name="chunk">The buffer that it is in, to be told when it is filled.</param>
    /// <returns>False if there is none.</returns>
    public bool TryReserve(int length, out Span<byte> room, out IntakeChunk chunk)
    {
        // The second attempt is for a thread that was interrupted while buffers were exchanged.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            chunk = Volatile.Read(ref _open) ?? OpenFirst();
            room = chunk.TryReserve(length);
            if (!room.IsEmpty)
            {
                return true;
            }
        }

        chunk = null!;
        room = default;
        return false;
    }

    /// <summary>Takes a buffer with records; to be given back. One thread at a time.</summary>
    /// <returns>Null if there are none, or if a thread still writes.</returns>
    public IntakeChunk? Take()
    {
        if (_sealed is null && Volatile.Read(ref _open) is { IsEmpty: false } full)
        {
            var next = _spare ?? new IntakeChunk(_capacity);
            _spare = null;
            next.Open();
            Volatile.Write(ref _open, next);
            full.Seal();
            _sealed = full;
        }

        return _sealed?.IsComplete() == true ? _sealed : null;
    }

    /// <summary>Gives a buffer back whose records were read.</summary>
    public void GiveBack(IntakeChunk chunk)
    {
        _spare = chunk;
        _sealed = null;
    }

    private IntakeChunk OpenFirst()
    {
        var chunk = new IntakeChunk(_capacity);
        chunk.Open();
        return Interlocked.CompareExchange(ref _open, chunk, null) ?? chunk;
    }
}
