using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Says which requests are turned away so that the others are answered in time. Two things are bounded: how many requests
/// wait for something that only their clients can bring, and how long a request waits for its turn. The latter is not
/// known here; <see cref="OverloadMonitor"/> measures it, and says what share can be taken.
/// </summary>
/// <remarks>
/// Requests that are answered at once, as most are, are not counted: there are never more of them at the same time than
/// threads. What they cost here is one read of a field that hardly ever changes.
/// </remarks>
internal sealed class LoadShedder
{
    /// <summary>The share that is taken when all is well.</summary>
    public const int All = 1024;

    private readonly int _maxWaiting;
    private readonly ServerMetrics _metrics;
    private volatile int _share = All;
    private int _waiting;

    [ThreadStatic]
    private static uint _random;

    /// <param name="maxWaiting">How many requests may wait for the rest of their bodies at the same time.</param>
    /// <param name="metrics">Counts those that are turned away.</param>
    public LoadShedder(int maxWaiting, ServerMetrics metrics)
    {
        _maxWaiting = maxWaiting;
        _metrics = metrics;
    }

    /// <summary>How many requests were turned away since the start.</summary>
    public long Shed => _metrics.ShedRequests;

    /// <summary>Of <see cref="All"/> requests, how many are taken.</summary>
    public int Share
    {
        get => _share;
        set => _share = value;
    }

    /// <summary>Whether the next request of this thread is to be turned away.</summary>
    public bool ShouldReject()
    {
        var share = _share;
        return share < All && ShouldReject(share);
    }

    /// <summary>Whether no further request may wait for the rest of its body.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= _maxWaiting;

    /// <summary>A request has to wait.</summary>
    public void BeginWait() => Interlocked.Increment(ref _waiting);

    /// <summary>It is answered, or gone.</summary>
    public void EndWait() => Interlocked.Decrement(ref _waiting);

    /// <summary>Turns a request away.</summary>
    public Task Refuse(Exchange exchange)
    {
        _metrics.RequestsShed();
        return SdkErrors.Overloaded(exchange);
    }

    /// <summary>
    /// By chance: a client that asks in a rhythm would otherwise be turned away each time. (A generator of a few
    /// instructions, Marsaglia's xorshift.)
    /// </summary>
    private static bool ShouldReject(int share)
    {
        var random = _random == 0 ? (uint)Environment.CurrentManagedThreadId * 2654435769u : _random;
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        _random = random;
        return (random >> 16) % All >= share;
    }
}
