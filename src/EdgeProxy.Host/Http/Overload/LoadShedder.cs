using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Rejects excess requests so that the others are answered in time. Two things are bounded: the number of requests that
/// wait for their clients, and the queue delay. <see cref="OverloadMonitor"/> measures the latter and sets the share to
/// accept.
/// </summary>
/// <remarks>
/// Requests that are answered at once, as most are, are not counted: there are never more of them at a time than threads.
/// Their cost here is one read of a field that hardly ever changes.
/// </remarks>
internal sealed class LoadShedder
{
    /// <summary>The share without overload.</summary>
    public const int All = EnvironmentLoad.All;

    /// <summary>The value of <c>Retry-After</c> for rejected requests.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly int _maxWaiting;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private volatile int _share = All;
    private int _waiting;

    [ThreadStatic]
    private static uint _random;

    /// <param name="maxWaiting">The maximum number of requests that may wait for the rest of their bodies at the same time.</param>
    /// <param name="metrics">Counts rejected requests.</param>
    /// <param name="time">The clock.</param>
    public LoadShedder(int maxWaiting, ServerMetrics metrics, TimeProvider time)
    {
        _time = time;
        _maxWaiting = maxWaiting;
        _metrics = metrics;
    }

    /// <summary>The number of requests rejected since the start.</summary>
    public long Shed => _metrics.ShedRequests;

    /// <summary>The number of requests accepted of every <see cref="All"/>.</summary>
    public int Share
    {
        get => _share;
        set => _share = value;
    }

    /// <summary>Indicates whether requests are rejected at present.</summary>
    public bool IsShedding => _share < All;

    /// <summary>Determines whether to reject the next request of this thread, while <see cref="IsShedding"/>.</summary>
    /// <param name="environment">The environment that it probably belongs to; null if unknown.</param>
    /// <param name="isLast">
    /// True for a request that its client does not repeat: none of them is rejected until half of the others are.
    /// </param>
    public bool ShouldReject(EnvironmentState? environment, bool isLast = false)
    {
        var share = environment?.Load.Share is { } own and not EnvironmentLoad.Unknown ? own : _share;
        return ShouldReject(isLast ? Math.Min(All, share * 2) : share);
    }

    /// <summary>Indicates whether the limit of requests that wait for the rest of their bodies is reached.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= _maxWaiting;

    /// <summary>Records that a request waits.</summary>
    public void BeginWait() => Interlocked.Increment(ref _waiting);

    /// <summary>Records that it was answered or aborted.</summary>
    public void EndWait() => Interlocked.Decrement(ref _waiting);

    /// <summary>
    /// Rejects a request: immediately, unless its connection was rejected before and did not wait for <c>Retry-After</c>;
    /// then the answer is delayed for that long. Rejecting costs nearly as much as a cheap answer, so clients that retry at
    /// once must not be able to occupy the server.
    /// </summary>
    public Task Refuse(Exchange exchange)
    {
        var now = _time.GetTimestamp();
        var wait = exchange.RefusedAt is { } refused ? RetryAfter - _time.GetElapsedTime(refused, now) : TimeSpan.Zero;
        exchange.RefusedAt = now;
        return wait > TimeSpan.Zero ? RefuseLaterAsync(exchange, wait) : RefuseNow(exchange);
    }

    private async Task RefuseLaterAsync(Exchange exchange, TimeSpan wait)
    {
        await Task.Delay(wait, _time, CancellationToken.None);
        exchange.RefusedAt = _time.GetTimestamp();
        await RefuseNow(exchange);
    }

    private Task RefuseNow(Exchange exchange)
    {
        _metrics.RequestsShed();
        return SdkErrors.Overloaded(exchange);
    }

    /// <summary>
    /// Randomly: a client that asks at a regular pace would otherwise be rejected each time. (A generator of a few
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
