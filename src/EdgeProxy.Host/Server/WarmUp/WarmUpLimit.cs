using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// The limits of the warm-up: processor time of the process, which includes the compiler's, and requests that come meanwhile;
/// elapsed time, for a machine that is busy with other work; a number of requests; and the shutdown.
/// </summary>
internal sealed class WarmUpLimit
{
    /// <summary>The maximum number of requests.</summary>
    public const int MaxRequests = 50_000;

    /// <summary>The maximum elapsed time, as a multiple of the processor time.</summary>
    public const int MaxElapsed = 4;

    private readonly TimeSpan _budget;
    private readonly TimeProvider _time;
    private readonly ShutdownPhase _shutdown;
    private readonly CancellationToken _stopping;
    private readonly TimeSpan _used;
    private readonly long _started;

    /// <param name="budget">The processor time.</param>
    /// <param name="time">The clock of the elapsed time.</param>
    /// <param name="shutdown">Ends the warm-up.</param>
    /// <param name="stopping">Ends it too.</param>
    public WarmUpLimit(TimeSpan budget, TimeProvider time, ShutdownPhase shutdown, CancellationToken stopping)
    {
        _budget = budget;
        _time = time;
        _shutdown = shutdown;
        _stopping = stopping;
        _used = Environment.CpuUsage.TotalTime;
        _started = time.GetTimestamp();
    }

    /// <summary>The processor time since the start of the warm-up.</summary>
    public TimeSpan Used => Environment.CpuUsage.TotalTime - _used;

    /// <summary>The elapsed time since the start of the warm-up.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Indicates whether the proxy is to stop.</summary>
    public bool IsStopping => _shutdown.IsStopping || _stopping.IsCancellationRequested;

    /// <summary>Indicates whether too little is left to begin anything else: a third.</summary>
    public bool IsNear => Used >= _budget * 2 / 3;

    /// <summary>Determines whether the warm-up has to end.</summary>
    /// <param name="requests">The number of requests so far.</param>
    public bool IsReached(int requests) =>
        IsStopping || requests >= MaxRequests || Used >= _budget || Elapsed >= _budget * MaxElapsed;

    /// <summary>Waits for the shutdown; at most for some time.</summary>
    public void Wait(TimeSpan time) => _stopping.WaitHandle.WaitOne(time);
}
