namespace EdgeProxy.Host.Environments;

/// <summary>One compilation: if it is not disposed of within a turn, another one may run beside it until it is.</summary>
internal sealed class CompilationTurn : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Action _removeThread;
    private readonly ITimer _timer;
    private bool _hasAddedThread;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="length">The length of the turn.</param>
    /// <param name="tryAddThread">Lets another compilation run; false if there are too many.</param>
    /// <param name="removeThread">Undoes it.</param>
    public CompilationTurn(TimeProvider time, TimeSpan length, Func<bool> tryAddThread, Action removeThread)
    {
        _removeThread = removeThread;
        _timer = time.CreateTimer(_ => End(tryAddThread), state: null, length, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The compilation has ended.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isDisposed = true; // the timer may be late
            if (_hasAddedThread)
            {
                _removeThread();
            }
        }
    }

    private void End(Func<bool> tryAddThread)
    {
        lock (_lock)
        {
            _hasAddedThread = !_isDisposed && tryAddThread();
        }
    }
}
