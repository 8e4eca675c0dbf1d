namespace EdgeProxy.Host.Analytics;

/// <summary>A count that requests add to and one flush at a time takes from. Nothing added is lost: a retired cell rejects it.</summary>
internal sealed class CountCell
{
    // Whatever is added to it, it stays below zero.
    private const long Retired = long.MinValue / 2;

    private long _value;

    // The part that was taken or noted before, by this process or by an earlier one.
    private long _known;

    /// <summary>The count that waits.</summary>
    public long Waiting => Math.Max(0, Volatile.Read(ref _value));

    /// <summary>Adds to the count.</summary>
    /// <returns>False if the cell is retired; then nothing was added.</returns>
    public bool TryAdd(long count) => Interlocked.Add(ref _value, count) >= 0;

    /// <summary>Adds a count that was taken before. For the flush: not thread-safe.</summary>
    /// <returns>False if the cell is retired; then nothing was added.</returns>
    public bool TryAddKnown(long count)
    {
        var isAdded = TryAdd(count);
        _known += isAdded ? count : 0;
        return isAdded;
    }

    /// <summary>Takes the count, up to a limit.</summary>
    /// <param name="max">The limit.</param>
    /// <param name="unknown">The part of it that was not taken before.</param>
    public long Take(long max, out long unknown)
    {
        var taken = Math.Min(Waiting, max);
        Interlocked.Add(ref _value, -taken);
        unknown = Math.Max(0, taken - _known);
        _known -= taken - unknown;
        return taken;
    }

    /// <summary>The part of the count that was neither taken nor noted before, which is noted now. For the flush: not thread-safe.</summary>
    public long NoteWaiting()
    {
        var waiting = Waiting;
        var unknown = Math.Max(0, waiting - _known);
        _known = waiting;
        return unknown;
    }

    /// <summary>Ends counting, and takes the rest.</summary>
    /// <param name="known">The part of it that was taken or noted before.</param>
    public long Retire(out long known)
    {
        var rest = Math.Max(0, Interlocked.Exchange(ref _value, Retired));
        known = Math.Min(rest, _known);
        return rest;
    }

    /// <summary>Ends counting if nothing waits.</summary>
    public bool TryRetireEmpty() => Interlocked.CompareExchange(ref _value, Retired, 0) == 0;
}
