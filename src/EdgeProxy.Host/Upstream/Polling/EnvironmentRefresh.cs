using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>
/// Refreshes one environment: fetches its document, holds back an older one, publishes an accepted one, and persists it.
/// After any failure the current document, if there is one, is still served. Not thread-safe.
/// </summary>
internal sealed class EnvironmentRefresh
{
    private static readonly TimeSpan MinRetry = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MinBetweenRequested = TimeSpan.FromSeconds(1);

    private readonly EnvironmentState _environment;
    private readonly PersistedEnvironment _persisted;
    private readonly RefreshServices _services;
    private readonly RefreshLog _log;
    private FetchConditions _conditions = FetchConditions.None;
    private TimeSpan? _retryAfter;
    private long? _requestedAt;

    public EnvironmentRefresh(EnvironmentState environment, PersistedEnvironment persisted, RefreshServices services)
    {
        _environment = environment;
        _persisted = persisted;
        _services = services;
        _log = new RefreshLog(environment, services);
    }

    /// <summary>Restores the stored document, until the upstream answers.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken) => _conditions = await _persisted.RestoreAsync(cancellationToken);

    /// <summary>
    /// Calculates the pause before the next refresh. After a failure, and for as long as the upstream asks for, requests do
    /// not shorten it, nor within a second after a requested refresh (docs/spec/realtime.md 1.2).
    /// </summary>
    public LoopPause NextPause()
    {
        var failures = _environment.Freshness.Failures;
        var interval = failures == 0 && _environment.UpstreamStream?.PollInterval is { } slow ? slow : _services.Options.ApiPollFrequency;
        var time = PollSchedule.Next(interval, failures, _environment.Current is not null, _retryAfter, Random.Shared.NextDouble());
        if (failures == 0 && _environment.Changes.Repetition is { } repetition)
        {
            var pause = repetition < time ? repetition : time;
            return new LoopPause(pause, pause);
        }

        return new LoopPause(time, _retryAfter is not null ? time : failures == 0 ? UntilNextRequested() : time < MinRetry ? time : MinRetry);
    }

    /// <summary>Refreshes the environment.</summary>
    /// <param name="because">The reason of a requested refresh; null for a poll.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task RunAsync(string? because, CancellationToken cancellationToken)
    {
        try
        {
            if (because is not null)
            {
                _log.Requested(because);
            }

            var isPoll = because is null && _environment.Changes.Repetition is null;
            await (isPoll ? PassAsync(_services.Gate, isPoll, cancellationToken) : PassAsync(_services.RequestedGate, isPoll, cancellationToken));
            _retryAfter = null;
            NoteChanges(_environment.Changes.FetchSucceeded(_environment.Current?.Document));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // shutting down
        }
        catch (Exception exception)
        {
            // Catches everything: the loop must go on.
            NoteFailure(exception);
            return;
        }

        if (_environment.Freshness.Failures == 0)
        {
            _log.Succeeded();
        }
    }

    private void NoteChanges(FetchedChange change)
    {
        if (change.IsLagging)
        {
            _environment.Metrics.FetchLagged();
        }
        else if (change is { Source: { } source, Announced: { } announced })
        {
            _services.Metrics.ChangeDelays.Record(source, announced);
        }
    }

    private TimeSpan UntilNextRequested() => _requestedAt is { } at ? MinBetweenRequested - _services.Time.GetElapsedTime(at) : TimeSpan.Zero;

    private async Task PassAsync(SemaphoreSlim gate, bool isPoll, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            _requestedAt = isPoll ? _requestedAt : _services.Time.GetTimestamp();
            _environment.Changes.FetchBegins();
            await FetchAsync(isPoll, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task FetchAsync(bool isPoll, CancellationToken cancellationToken)
    {
        if (_environment.FetchKey(_services.Time.GetUtcNow()) is not { } key)
        {
            return; // all keys have expired; discovery provides new ones
        }

        var started = _services.Time.GetTimestamp();
        var keys = new FetchKeys(key, _environment.Kind == EnvironmentKind.Discovered ? _services.Options.ProxyKey : null);
        var document = await _services.Fetcher.FetchAsync(keys, _conditions, cancellationToken);
        var elapsed = _services.Time.GetElapsedTime(started);
        if (document is not null && IsHeldBack(document.Content, isPoll))
        {
            _environment.Metrics.Fetched(FetchOutcome.HeldBack);
            return;
        }

        var outcome = PublishOutcome.Unchanged;
        if (document is null)
        {
            NoteCurrent();
        }
        else
        {
            // Only after publication: a rejected document must be fetched again at the next poll.
            outcome = await _services.Publisher.PublishAsync(_environment, document.Content, cancellationToken);
            _conditions = Validators.Of(document, _environment.Current?.Document.UpdatedAt, _services.Time.GetUtcNow());
        }

        _environment.Metrics.Fetched(outcome == PublishOutcome.Unchanged ? FetchOutcome.Unchanged : FetchOutcome.Updated);
        _environment.Fetched(_services.Time, DocumentOrigin.Upstream);
        _persisted.Keep(_conditions);
        _log.Fetched(elapsed, document is { IsOfOneVersion: false });
    }

    /// <summary>
    /// Determines whether a document is older than the current one, and does not replace it
    /// (docs/spec/upstream-api.md 2.6).
    /// </summary>
    private bool IsHeldBack(byte[] content, bool isPoll)
    {
        if (_environment.Current is not { Document: var served } || served.Body.Plain.Span.SequenceEqual(content))
        {
            NoteCurrent();
            return false;
        }

        var position = DocumentPosition.Of(content);
        switch (_environment.Rollbacks.Consider(position, served.Position, _services.Options.RollbackConfirmations, _services.Time, isPoll))
        {
            case HoldDecision.HeldBack:
                var isNew = _environment.Freshness.HeldBack is null;
                _environment.HeldBack(_services.Time, position);
                if (isNew)
                {
                    _log.HeldBack(position, served.Position);
                }

                return true;
            case HoldDecision.Rollback:
                EndHold(isRollback: true);
                return false;
            default:
                return false;
        }
    }

    private void NoteCurrent()
    {
        if (_environment.Rollbacks.NoteCurrent())
        {
            EndHold(isRollback: false);
        }
    }

    private void EndHold(bool isRollback)
    {
        if (_environment.Freshness.HeldBack is not null)
        {
            _environment.HoldEnded();
            _log.HoldEnded(isRollback);
        }
    }

    private void NoteFailure(Exception exception)
    {
        var failure = FetchFailure.Of(exception, _services.Fetcher.Url);
        _retryAfter = failure.RetryAfter;
        if (failure.AreConditionsRejected)
        {
            _conditions = FetchConditions.None;
        }

        _environment.Metrics.Fetched(failure.Outcome);
        _environment.Failed(_services.Time, failure.Message, isRejected: failure.Outcome == FetchOutcome.Rejected);
        _log.Failed(failure, exception);
    }
}
