using EdgeProxy.Host.Environments;
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
    public const int All = EnvironmentLoad.All;

    /// <summary>How long a client is asked to wait before it comes again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly int _maxWaiting;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private volatile int _share = All;
    private int _waiting;

    [ThreadStatic]
    private static uint _random;

    /// <param name="maxWaiting">How many requests may wait for the rest of their bodies at the same time.</param>
    /// <param name="metrics">Counts those that are turned away.</param>
    /// <param name="time">The clock.</param>
    public LoadShedder(int maxWaiting, ServerMetrics metrics, TimeProvider time)
    {
        _time = time;
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

    /// <summary>Whether some requests are turned away now.</summary>
    public bool IsShedding => _share < All;

    /// <summary>Whether the next request of this thread is to be turned away, while <see cref="IsShedding"/>.</summary>
    /// <param name="environment">The environment that it is probably of; null if that is not known.</param>
    public bool ShouldReject(EnvironmentState? environment) =>
        ShouldReject(environment?.Load.Share is { } share and not EnvironmentLoad.Unknown ? share : _share);

    /// <summary>Whether no further request may wait for the rest of its body.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= _maxWaiting;

    /// <summary>A request has to wait.</summary>
    public void BeginWait() => Interlocked.Increment(ref _waiting);

    /// <summary>It is answered, or gone.</summary>
    public void EndWait() => Interlocked.Decrement(ref _waiting);

    /// <summary>
    /// Turns a request away: at once, unless its connection was told so before and did not wait as it was asked to. Then the
    /// answer waits for it. Refusing costs nearly as much as a cheap answer, so a client that keeps coming must not be able
    /// to have the server do nothing else.
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
