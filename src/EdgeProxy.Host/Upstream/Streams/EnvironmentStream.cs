using System.Net.ServerSentEvents;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// The stream that announces changes of one environment (docs/spec/realtime.md 7): opened after the first document, and
/// again whenever it ends.
/// </summary>
internal sealed class EnvironmentStream : IAsyncDisposable
{
    // The maximum pause of the schedule; for a round that an unexpected error ended.
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMinutes(1);

    private readonly EnvironmentState _environment;
    private readonly StreamServices _services;
    private readonly StreamState _state;
    private readonly StreamAnnouncements _announcements;
    private readonly CancellationTokenSource _end;
    private volatile TaskCompletionSource _published = NewSource();
    private volatile CancellationTokenSource? _open;
    private Task _loop = Task.CompletedTask;
    private TimeSpan? _pause;
    private TimeSpan? _retry;
    private int _failures;

    private EnvironmentStream(EnvironmentState environment, StreamServices services, CancellationToken cancellationToken)
    {
        _environment = environment;
        _services = services;
        _state = new StreamState(environment, services.PollInterval, services.Time);
        _announcements = new StreamAnnouncements(environment, services.Options.FetchJitter, services.Time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    private bool IsWanted => _environment.Current is { } current && (_services.Options.IgnoreProjectSetting || current.Document.HasRealtimeUpdates);

    /// <summary>Begins.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="services">The services that all streams share.</param>
    /// <param name="spread">The time over which all streams are opened.</param>
    /// <param name="cancellationToken">Ends it, too.</param>
    public static EnvironmentStream Begin(EnvironmentState environment, StreamServices services, TimeSpan spread, CancellationToken cancellationToken)
    {
        var stream = new EnvironmentStream(environment, services, cancellationToken);
        stream._loop = UpstreamThreads.RunAsync(() => stream.RunAsync(spread * Random.Shared.NextDouble()));
        return stream;
    }

    /// <summary>Ends the stream, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _services.Log.Ended(_environment);
        _announcements.Dispose();
        _state.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(TimeSpan delay)
    {
        _environment.Published += Published;
        try
        {
            for (var next = _published; _environment.Current is null && !_end.IsCancellationRequested; next = _published)
            {
                await NextDocumentAsync(next);
            }

            await UpstreamThreads.Pause(delay, _services.Time, _end.Token);
            while (!_end.IsCancellationRequested)
            {
                var document = _published;
                _pause = PauseAfterError;
                await RoundAsync().ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors); // the log itself may fail
                await (_pause is { } pause ? PauseAsync(pause) : NextDocumentAsync(document));
            }
        }
        finally
        {
            _environment.Published -= Published;
        }
    }

    /// <summary>Waits for a document that is published after the source was read.</summary>
    private async Task NextDocumentAsync(TaskCompletionSource source) =>
        await source.Task.WaitAsync(_end.Token).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors);

    private async Task PauseAsync(TimeSpan pause) => await UpstreamThreads.Pause(pause, _services.Time, _end.Token);

    private void Published(object? sender, EventArgs e)
    {
        Interlocked.Exchange(ref _published, NewSource()).TrySetResult();
        if (_open is not { } open || IsWanted)
        {
            return;
        }

        try
        {
            open.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The round has just ended.
        }
    }

    private async Task RoundAsync()
    {
        using var open = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        _open = open;
        try
        {
            if (!IsWanted)
            {
                _pause = null;
                _state.Enter(UpstreamStreamPhase.Disabled);
                _services.Log.Disabled(_environment);
                return;
            }

            _state.Enter(UpstreamStreamPhase.Connecting);
            NoteEnd(await _services.Connection.RunAsync(_services.Options.UrlOf(_environment.ClientSideKey), NoteOpen, Receive, open.Token));
        }
        finally
        {
            _open = null;
        }
    }

    private void NoteOpen()
    {
        _state.Enter(UpstreamStreamPhase.Open);
        _services.Log.Opened(_environment);
    }

    private bool Receive(SseItem<StreamedChange> item)
    {
        _failures = 0;
        _state.NoteEvent();
        var outcome = _announcements.Receive(item);
        _environment.Metrics.UpstreamStream.Received(outcome);
        return outcome != UpstreamStreamEventOutcome.Ignored;
    }

    private void NoteEnd(UpstreamStreamEnd end)
    {
        if (end.Cause is not { } cause)
        {
            _pause = TimeSpan.Zero; // the next round finds out why
            return;
        }

        _environment.Metrics.UpstreamStream.Ended(cause);
        var isProper = cause == UpstreamStreamEndCause.Ended;
        _failures = end.WasUseful ? (isProper ? 0 : 1) : _failures + 1;
        _retry = end.Retry ?? _retry;
        _pause = StreamBackoff.Next(end with { Retry = _retry }, _failures, Random.Shared.NextDouble());
        _state.Enter(_pause is null ? UpstreamStreamPhase.Dismissed : UpstreamStreamPhase.Retrying, end.Message);
        _services.Log.Closed(_environment, end);
    }
}
