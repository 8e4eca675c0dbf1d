namespace EdgeProxy.Host.Events;

/// <summary>Limits how many requests with events are under way, and how much memory their bodies take.</summary>
internal sealed class EventBudget
{
    /// <summary>The largest number of requests under way.</summary>
    public const int MaxAtOnce = 256;

    /// <summary>The largest number of bytes of all bodies under way, unless one body alone has more.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private int _requests;
    private long _bytes;

    /// <summary>Enters a request.</summary>
    /// <returns>False if there are too many.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _requests) <= MaxAtOnce)
        {
            return true;
        }

        Interlocked.Decrement(ref _requests);
        return false;
    }

    /// <summary>Reserves memory for a request, in addition to what it has.</summary>
    /// <param name="reserved">The bytes that it has, which grow.</param>
    /// <param name="needed">The bytes that it needs in all.</param>
    /// <returns>False if there is not enough.</returns>
    public bool TryReserve(ref long reserved, long needed)
    {
        var more = needed - reserved;
        if (more <= 0)
        {
            return true;
        }

        if (Interlocked.Add(ref _bytes, more) is var all && (all <= MaxBytes || all == needed))
        {
            reserved = needed;
            return true;
        }

        Interlocked.Add(ref _bytes, -more);
        return false;
    }

    /// <summary>Ends a request.</summary>
    /// <param name="reserved">The memory that it has.</param>
    public void Leave(long reserved)
    {
        Interlocked.Add(ref _bytes, -reserved);
        Interlocked.Decrement(ref _requests);
    }
}
