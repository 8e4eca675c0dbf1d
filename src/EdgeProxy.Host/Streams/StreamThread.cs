namespace EdgeProxy.Host.Streams;

/// <summary>
/// The thread of the streams: it takes the messages of other threads, and wakes up when something is due. Started with the
/// first message, so that a proxy without streams has none.
/// </summary>
internal sealed class StreamThread : IDisposable
{
    private readonly Action<List<StreamMessage>> _work;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly object _lock = new();
    private List<StreamMessage> _inbox = [];
    private List<StreamMessage> _taken = [];
    private bool _isStarted;
    private bool _isAwake;
    private bool _isDisposed;

    /// <param name="work">Handles the messages, and what is due. Must not throw.</param>
    /// <param name="time">The clock.</param>
    public StreamThread(Action<List<StreamMessage>> work, TimeProvider time)
    {
        _work = work;
        _time = time;
        _timer = time.CreateTimer(static thread => ((StreamThread)thread!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a message.</summary>
    public void Post(in StreamMessage message)
    {
        lock (_lock)
        {
            _inbox.Add(message);
            if (!_isStarted)
            {
                _isStarted = true;
                new Thread(Run) { Name = "Streams", IsBackground = true }.UnsafeStart();
            }

            WakeWithLock();
        }
    }

    /// <summary>Sets the time of the next wake-up.</summary>
    /// <param name="due">The timestamp; null for none.</param>
    public void WakeAt(long? due)
    {
        if (due is not { } at)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Timers round down to milliseconds: it would wake up too early, over and over.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), at).TotalMilliseconds));
        if (wait > TimeSpan.Zero)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Wake();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            WakeWithLock();
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            WakeWithLock();
        }
    }

    private void WakeWithLock()
    {
        if (!_isAwake)
        {
            _isAwake = true;
            Monitor.Pulse(_lock);
        }
    }

    private void Run()
    {
        while (TryTake())
        {
            _work(_taken);
            _taken.Clear();
        }
    }

    /// <summary>Waits until there is something to do.</summary>
    /// <returns>False at the end.</returns>
    private bool TryTake()
    {
        lock (_lock)
        {
            while (!_isAwake)
            {
                Monitor.Wait(_lock);
            }

            _isAwake = false;
            (_inbox, _taken) = (_taken, _inbox);
            return !_isDisposed;
        }
    }
}
