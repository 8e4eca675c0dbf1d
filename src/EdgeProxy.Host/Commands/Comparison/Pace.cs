namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Spaces requests evenly, so that a server never gets more than a number of them in a second. Lost time is not made up for. Thread-safe.</summary>
internal sealed class Pace
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly long _started;
    private TimeSpan _next;

    /// <param name="perSecond">The largest number of requests in a second.</param>
    /// <param name="time">The clock.</param>
    public Pace(double perSecond, TimeProvider time)
    {
        _interval = TimeSpan.FromSeconds(1 / perSecond);
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>Waits for the turn of the next request.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_started);
            var turn = _next > now ? _next : now;
            _next = turn + _interval;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    /// <summary>Lets nobody have a turn for a while.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_lock)
        {
            var end = _time.GetElapsedTime(_started) + time;
            _next = end > _next ? end : _next;
        }
    }
}
