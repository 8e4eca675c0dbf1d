namespace EdgeProxy.Host.Logging;

/// <summary>
/// Limits repeated messages about a lasting condition: the first at once, and then one a minute. Thread-safe.
/// </summary>
internal sealed class LogThrottle
{
    /// <summary>The time between two entries.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const long Never = long.MinValue;

    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private long _lastLogged = Never;

    public LogThrottle(TimeProvider time)
        : this(time, Interval)
    {
    }

    /// <param name="time">The clock.</param>
    /// <param name="interval">The minimum time between two messages.</param>
    public LogThrottle(TimeProvider time, TimeSpan interval)
    {
        _interval = interval;
        _time = time;
    }

    /// <summary>Determines whether to log now; a caller that gets true must log.</summary>
    public bool ShouldLog()
    {
        var said = Volatile.Read(ref _lastLogged);
        var now = _time.GetTimestamp();
        return (said == Never || _time.GetElapsedTime(said, now) >= _interval) && Interlocked.CompareExchange(ref _lastLogged, now, said) == said;
    }

    /// <summary>Records the end of the condition: the next occurrence is logged at once.</summary>
    public void Reset() => Volatile.Write(ref _lastLogged, Never);
}
