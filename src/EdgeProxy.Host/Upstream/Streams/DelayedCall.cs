namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>A call that is made once, after a delay, however often it is requested until then. Thread-safe.</summary>
internal sealed class DelayedCall : IDisposable
{
    private readonly Action _call;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private bool _isDue;

    /// <param name="call">The call.</param>
    /// <param name="time">The clock.</param>
    public DelayedCall(Action call, TimeProvider time)
    {
        _call = call;
        _timer = time.CreateTimer(static state => ((DelayedCall)state!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests the call. Without a delay it is made at once, unless it is about to be made anyway.</summary>
    public void Request(TimeSpan delay)
    {
        lock (_lock)
        {
            if (_isDue)
            {
                return;
            }

            _isDue = true;
            if (delay > TimeSpan.Zero)
            {
                _timer.Change(delay, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Run();
    }

    /// <summary>Withdraws the request.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _isDue = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Run()
    {
        lock (_lock)
        {
            if (!_isDue)
            {
                return;
            }

            _isDue = false;
        }

        _call();
    }
}
