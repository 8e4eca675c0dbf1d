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
    private TaskCompletionSource _requested = NewSource();

    /// <summary>Completes when a refresh is requested; another one after each <see cref="Take"/>.</summary>
    public Task Requested
    {
        get
        {
            lock (_lock)
            {
                return _requested.Task;
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

            _requested.TrySetResult();
        }
    }

    /// <summary>Takes the requests so far: a refresh that starts now answers all of them.</summary>
    /// <returns>The reasons; null if nothing was requested.</returns>
    public string? Take()
    {
        lock (_lock)
        {
            if (!_requested.Task.IsCompleted)
            {
                return null;
            }

            var because = string.Join(", ", _reasons);
            _reasons.Clear();
            _requested = NewSource();
            return because;
        }
    }

    // The thread that requests a refresh must not run the loop.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
