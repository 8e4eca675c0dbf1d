namespace EdgeProxy.Host.Environments;

/// <summary>
/// Requests to refresh now instead of at the next poll, from any source of changes: streams, webhooks, other instances.
/// Requests coalesce: all that arrive while a fetch is in flight are answered by one more.
/// </summary>
internal sealed class RefreshSignal
{
    // A burst of requests has few different reasons; the log needs no more.
    private const int MaxReasons = 5;

    private readonly Lock _lock = new();
    private readonly List<string> _reasons = [];
    private TaskCompletionSource? _pause;

    /// <summary>Indicates whether a refresh was requested since the last <see cref="Take"/>.</summary>
    public bool IsRequested
    {
        get
        {
            lock (_lock)
            {
                return _reasons.Count > 0;
            }
        }
    }

    /// <summary>Requests a refresh. Returns immediately.</summary>
    /// <param name="because">The reason, for the log: "the stream announced a change".</param>
    public void Request(string because)
    {
        lock (_lock)
        {
            if (_reasons.Count < MaxReasons && !_reasons.Contains(because, StringComparer.Ordinal))
            {
                _reasons.Add(because);
            }

            _pause?.TrySetResult();
        }
    }

    /// <summary>Takes the requests so far: a refresh that starts now answers all of them.</summary>
    /// <returns>The reasons; null if nothing was requested.</returns>
    public string? Take()
    {
        lock (_lock)
        {
            if (_reasons.Count == 0)
            {
                return null;
            }

            var because = string.Join(", ", _reasons);
            _reasons.Clear();
            return because;
        }
    }

    /// <summary>Pauses until a refresh is requested, or a time has passed; cancellation ends the pause without an exception.</summary>
    /// <param name="time">The length of the pause.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    public async Task PauseAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        // The thread that requests a refresh must not run the loop.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_reasons.Count > 0)
            {
                return;
            }

            _pause = over;
        }

        using var timer = clock.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), over, time, Timeout.InfiniteTimeSpan);
        using var cancellation = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), over);
        await over.Task;
    }
}
