using System.Numerics;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// A timing wheel: thousands of entries, each due at some time, for the price of one timer. Scheduling and removing take
/// constant time and allocate nothing. An entry is due up to one slot late. For one thread.
/// </summary>
internal sealed class TimerWheel
{
    // 2^13 slots of 4 ms are 33 seconds. An entry that is due later waits in the farthest slot and is placed again from there.
    private const int SlotCount = 8192;
    private const int BitsPerWord = 64;

    private readonly TimerEntry?[] _slots = new TimerEntry?[SlotCount];
    private readonly ulong[] _used = new ulong[SlotCount / BitsPerWord];
    private readonly long _slotWidth;
    private long _position;
    private int _count;

    /// <param name="slotWidth">The width of a slot, in ticks of the clock.</param>
    /// <param name="now">The current timestamp.</param>
    public TimerWheel(long slotWidth, long now)
    {
        _slotWidth = slotWidth;
        _position = now / slotWidth;
    }

    /// <summary>Schedules an entry, instead of what it was scheduled for before.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="due">The timestamp at which it is due.</param>
    /// <param name="now">The current timestamp; an entry that is due by then is taken next.</param>
    public void Schedule(TimerEntry entry, long due, long now)
    {
        Remove(entry);
        if (_count == 0)
        {
            _position = Math.Max(_position, now / _slotWidth); // nobody turned the wheel
        }

        entry.Due = due;
        Place(entry, now);
    }

    /// <summary>Removes an entry; does nothing if it is not scheduled.</summary>
    public void Remove(TimerEntry entry)
    {
        if (entry.Slot == TimerEntry.NoSlot)
        {
            return;
        }

        _count--;
        if (entry.Previous is { } previous)
        {
            previous.Next = entry.Next;
        }
        else
        {
            _slots[entry.Slot] = entry.Next;
            if (entry.Next is null)
            {
                _used[entry.Slot / BitsPerWord] &= ~(1UL << (entry.Slot % BitsPerWord));
            }
        }

        if (entry.Next is { } next)
        {
            next.Previous = entry.Previous;
        }

        entry.Previous = null;
        entry.Next = null;
        entry.Slot = TimerEntry.NoSlot;
    }

    /// <summary>Takes an entry that is due; null if there is none any more.</summary>
    public TimerEntry? TakeDue(long now)
    {
        var end = now / _slotWidth;
        while (NextUsed() is { } position && position <= end)
        {
            _position = position;
            var entry = _slots[position % SlotCount]!;
            Remove(entry);
            if (entry.Due <= now)
            {
                return entry;
            }

            // It was due beyond the horizon.
            Place(entry, now);
        }

        _position = Math.Max(_position, end);
        return null;
    }

    /// <summary>The timestamp at which the next entry is to be taken; null if there is none.</summary>
    public long? NextDue() => NextUsed() is { } position ? position * _slotWidth : null;

    private void Place(TimerEntry entry, long now)
    {
        // Rounded up: what is taken at the begin of its slot is due.
        var position = entry.Due <= now ? _position
            : Math.Clamp(((entry.Due - 1) / _slotWidth) + 1, _position, _position + SlotCount - 1);
        var slot = (int)(position % SlotCount);
        _count++;
        entry.Slot = slot;
        entry.Next = _slots[slot];
        if (entry.Next is { } next)
        {
            next.Previous = entry;
        }

        _slots[slot] = entry;
        _used[slot / BitsPerWord] |= 1UL << (slot % BitsPerWord);
    }

    /// <summary>The position of the first slot with an entry, from the current one on.</summary>
    private long? NextUsed()
    {
        var start = (int)(_position % SlotCount);
        for (var i = 0; i <= _used.Length; i++)
        {
            var word = ((start / BitsPerWord) + i) % _used.Length;
            var bits = _used[word];
            if (i == 0)
            {
                bits &= ulong.MaxValue << (start % BitsPerWord);
            }
            else if (i == _used.Length)
            {
                bits &= ~(ulong.MaxValue << (start % BitsPerWord)); // the first word again, what is before the start
            }

            if (bits != 0)
            {
                var slot = (word * BitsPerWord) + BitOperations.TrailingZeroCount(bits);
                return _position + ((slot - start + SlotCount) % SlotCount);
            }
        }

        return null;
    }
}
