namespace EdgeProxy.Host.Common;

/// <summary>Wakes a loop. Requests coalesce until the loop rearms; a request allocates nothing.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource _source = NewSource();
    private int _isRequested;

    /// <summary>Completes at the next request; another one after each <see cref="Rearm"/>.</summary>
    public Task Requested => Volatile.Read(ref _source).Task;

    /// <summary>Wakes the loop, if it has rearmed since the last request.</summary>
    public void Request()
    {
        if (Volatile.Read(ref _isRequested) == 0 && Interlocked.Exchange(ref _isRequested, 1) == 0)
        {
            Volatile.Read(ref _source).TrySetResult();
        }
    }

    /// <summary>Begins to wait for the next request; what was requested before must be looked at after this.</summary>
    public void Rearm()
    {
        if (Requested.IsCompleted)
        {
            Volatile.Write(ref _source, NewSource());
            Volatile.Write(ref _isRequested, 0);
        }
    }

    // The thread that requests must not run the loop.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
