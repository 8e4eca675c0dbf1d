namespace EdgeProxy.Host.Environments;

/// <summary>
/// Requests to fetch now instead of at the next poll, from anything that hears of a change: streams, webhooks, other
/// instances. Requests coalesce: however many come while a fetch is in flight, one more follows it.
/// </summary>
internal sealed class RefreshSignal
{
    // Who asks in a burst asks for a few reasons; the log needs no more of them.
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

    /// <summary>Requests a refresh. Returns at once.</summary>
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

    /// <summary>Takes what was requested so far: a refresh that starts now answers all of it.</summary>
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

    // The thread that requests must not run the loop that is woken.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
