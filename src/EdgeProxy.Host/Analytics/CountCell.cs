namespace EdgeProxy.Host.Analytics;

/// <summary>A count that requests add to and one flush at a time takes from. Nothing added is lost: a retired cell rejects it.</summary>
internal sealed class CountCell
{
    // Whatever is added to it, it stays below zero.
    private const long Retired = long.MinValue / 2;

    private long _value;

    /// <summary>The count that waits.</summary>
    public long Waiting => Math.Max(0, Volatile.Read(ref _value));

    /// <summary>Adds to the count.</summary>
    /// <returns>False if the cell is retired; then nothing was added.</returns>
    public bool TryAdd(long count) => Interlocked.Add(ref _value, count) >= 0;

    /// <summary>Takes the count, up to a limit.</summary>
    public long Take(long max)
    {
        var taken = Math.Min(Waiting, max);
        Interlocked.Add(ref _value, -taken);
        return taken;
    }

    /// <summary>Ends counting, and takes the rest.</summary>
    public long Retire() => Math.Max(0, Interlocked.Exchange(ref _value, Retired));

    /// <summary>Ends counting if nothing waits.</summary>
    public bool TryRetireEmpty() => Interlocked.CompareExchange(ref _value, Retired, 0) == 0;
}
