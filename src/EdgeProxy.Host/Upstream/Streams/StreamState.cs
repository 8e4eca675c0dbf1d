using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// Keeps <see cref="EnvironmentState.UpstreamStream"/>: the phase for operators, and the interval of polls, which may be longer
/// while the stream is open and until it has been closed for 30 seconds. Thread-safe.
/// </summary>
internal sealed class StreamState : IDisposable
{
    private const string Because = "its stream has been closed for a while, and polls were rare";
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    private readonly EnvironmentState _environment;
    private readonly TimeSpan? _pollInterval;
    private readonly TimeProvider _time;
    private readonly DelayedCall _trustEnds;
    private readonly Lock _lock = new();

    /// <param name="environment">The environment.</param>
    /// <param name="pollInterval">The interval of polls while the stream can be relied on; null for the usual one.</param>
    /// <param name="time">The clock.</param>
    public StreamState(EnvironmentState environment, TimeSpan? pollInterval, TimeProvider time)
    {
        _environment = environment;
        _pollInterval = pollInterval;
        _time = time;
        _trustEnds = new DelayedCall(EndTrust, time);
        _environment.UpstreamStream = new UpstreamStreamStatus(UpstreamStreamPhase.Waiting, time.GetUtcNow());
    }

    /// <summary>Enters a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="error">The error that led to it; null if there was none.</param>
    public void Enter(UpstreamStreamPhase phase, string? error = null)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var isOpen = phase == UpstreamStreamPhase.Open;
            var status = Status_NeedsLock();
            _environment.UpstreamStream = status with
            {
                Phase = phase,
                Since = now,
                LastError = error is null ? status.LastError : new EnvironmentError(now, error),
                PollInterval = isOpen ? _pollInterval : status.PollInterval,
            };
            if (isOpen)
            {
                _trustEnds.Cancel();
            }
            else if (status.PollInterval is not null)
            {
                _trustEnds.Request(Trust);
            }
        }
    }

    /// <summary>Notes an event.</summary>
    public void NoteEvent()
    {
        lock (_lock)
        {
            _environment.UpstreamStream = Status_NeedsLock() with { LastEvent = _time.GetUtcNow() };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trustEnds.Dispose();
        _environment.UpstreamStream = null;
    }

    private UpstreamStreamStatus Status_NeedsLock() => _environment.UpstreamStream ?? new UpstreamStreamStatus(UpstreamStreamPhase.Waiting, _time.GetUtcNow());

    private void EndTrust()
    {
        lock (_lock)
        {
            if (Status_NeedsLock().Phase == UpstreamStreamPhase.Open)
            {
                return;
            }

            _environment.UpstreamStream = Status_NeedsLock() with { PollInterval = null };
        }

        _environment.Refresh(Because);
    }
}
