using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Requests a fetch of all environments, for changes that may concern any of them: at most once in five seconds, and once
/// more at the end of these for the requests in between.
/// </summary>
internal sealed class RefreshOfAll : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly EnvironmentRegistry _registry;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long? _latest;
    private string? _because;

    public RefreshOfAll(EnvironmentRegistry registry, TimeProvider time)
    {
        _registry = registry;
        _time = time;
        _timer = time.CreateTimer(static state => ((RefreshOfAll)state!).RequestLater(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests the fetch. Returns immediately.</summary>
    /// <param name="because">The reason, for the log.</param>
    public void Request(string because)
    {
        lock (_lock)
        {
            if (_because is not null)
            {
                return;
            }

            var rest = _latest is { } latest ? Interval - _time.GetElapsedTime(latest) : TimeSpan.Zero;
            if (rest > TimeSpan.Zero)
            {
                _because = because;
                _timer.Change(rest, Timeout.InfiniteTimeSpan);
                return;
            }

            _latest = _time.GetTimestamp();
        }

        Announce(because);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void RequestLater()
    {
        string? because;
        lock (_lock)
        {
            because = _because;
            _because = null;
            _latest = _time.GetTimestamp();
        }

        if (because is not null)
        {
            Announce(because);
        }
    }

    private void Announce(string because)
    {
        foreach (var environment in _registry.Environments)
        {
            environment.Announce(updatedAt: null, ChangeSource.Webhook, because);
        }
    }
}
