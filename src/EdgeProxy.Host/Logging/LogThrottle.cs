namespace EdgeProxy.Host.Logging;

/// <summary>Paces what would be said over and over while it lasts: at once, and then once a minute. Any thread may ask.</summary>
internal sealed class LogThrottle
{
    /// <summary>The time between two entries.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const long Never = long.MinValue;

    private readonly TimeProvider _time;
    private long _said = Never;

    public LogThrottle(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Determines whether to log now; a caller that gets true must log.</summary>
    public bool ShouldLog()
    {
        var said = Volatile.Read(ref _said);
        var now = _time.GetTimestamp();
        return (said == Never || _time.GetElapsedTime(said, now) >= Interval) && Interlocked.CompareExchange(ref _said, now, said) == said;
    }

    /// <summary>Notes that it is over: should it come again, that is news.</summary>
    public void Reset() => Volatile.Write(ref _said, Never);
}
