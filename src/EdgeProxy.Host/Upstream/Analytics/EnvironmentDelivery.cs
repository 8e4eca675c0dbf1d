using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>The delivery of one environment's counts: its failures, and the wait before the next attempt.</summary>
internal sealed class EnvironmentDelivery
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxAskedFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RejectionInterval = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private long _since;
    private TimeSpan _wait;

    public EnvironmentDelivery(FlagCounts counts, TimeProvider time)
    {
        _time = time;
        Counts = counts;
        Rejections = new LogThrottle(time, RejectionInterval);
    }

    /// <summary>The counts.</summary>
    public FlagCounts Counts { get; }

    /// <summary>Limits how often rejected counts are logged.</summary>
    public LogThrottle Rejections { get; }

    /// <summary>The number of consecutive flushes that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>True if the wait after the latest failure is over.</summary>
    public bool IsDue => _time.GetElapsedTime(_since) >= _wait;

    /// <summary>Notes that a flush failed.</summary>
    /// <param name="askedFor">The wait that the upstream asked for; null if it did not.</param>
    public void NoteFailure(TimeSpan? askedFor)
    {
        Failures++;
        var wait = askedFor ?? Min(FirstWait * Math.Pow(2, Math.Min(Failures - 1, 10)), MaxWait);
        _wait = Min(wait, MaxAskedFor);
        _since = _time.GetTimestamp();
    }

    /// <summary>Notes that nothing failed in a flush.</summary>
    public void NoteSuccess()
    {
        Failures = 0;
        _wait = TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
