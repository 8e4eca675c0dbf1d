using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>
/// Refreshes one environment: fetches its document, holds back an older one, publishes an accepted one, and persists it.
/// After any failure the current document, if there is one, is still served. Not thread-safe.
/// </summary>
internal sealed partial class EnvironmentRefresh
{
    private static readonly TimeSpan MinRetry = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MinBetweenRequested = TimeSpan.FromSeconds(1);

    private readonly EnvironmentState _environment;
    private readonly PersistedEnvironment _persisted;
    private readonly RefreshServices _services;
    private readonly RefreshLog _log;
    private readonly FleetEnvironment? _fleet;
    private FetchConditions _conditions = FetchConditions.None;
    private string? _conditionsOf;
    private TimeSpan? _retryAfter;
    private long? _requestedAt;
    private long? _fetchStarted;

    // An older document that polls confirmed as a rollback, but that is held for an operator.
    private string? _heldRollback;

    /// <param name="environment">The environment.</param>
    /// <param name="persisted">Its stored documents.</param>
    /// <param name="services">The services that all refreshes share.</param>
    /// <param name="fleet">Its part in a fleet; null if there is none.</param>
    public EnvironmentRefresh(EnvironmentState environment, PersistedEnvironment persisted, RefreshServices services, FleetEnvironment? fleet = null)
    {
        _fleet = fleet;
        _environment = environment;
        _persisted = persisted;
        _services = services;
        _log = new RefreshLog(environment, services);
        if (fleet is not null)
        {
            fleet.Taken = Keep;
        }
    }

    /// <summary>Restores the stored document, until the upstream answers.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (_fleet is not null)
        {
            _fleet.SetFloor(await _persisted.LoadVersionAsync(cancellationToken) is { } floor ? SeenVersion.Parse(floor) : null);
            await _fleet.RestoreAsync(isLast: false, cancellationToken);
        }

        if (await _persisted.RestoreAsync(_fleet is null ? null : _fleet.IsNewer, cancellationToken) is { } conditions)
        {
            SetConditions(conditions);
            _fleet?.Restored(conditions);
        }
        else if (_fleet is not null && _environment.Current is null)
        {
            await _fleet.RestoreAsync(isLast: true, cancellationToken);
        }

        await _persisted.RestoreHoldAsync(cancellationToken);
    }

    /// <summary>
    /// Calculates the pause before the next refresh. After a failure, and for as long as the upstream asks for, requests do
    /// not shorten it, nor within a second after a requested refresh (docs/spec/realtime.md 1.2).
    /// </summary>
    public LoopPause NextPause()
    {
        var failures = _environment.Freshness.Failures;
        if (_environment.Current is null && _fleet?.MayPoll(isPoll: true) == false)
        {
            return new LoopPause(MinRetry, MinRetry); // what the holder of the lease fetches may come at any moment
        }

        var interval = failures == 0 && _environment.UpstreamStream?.PollInterval is { } slow ? slow : _services.Options.ApiPollFrequency;
        var time = PollSchedule.Next(interval, failures, _environment.Current is not null, _retryAfter, _services.Random());
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
            var isPoll = because is null && _environment.Changes.Repetition is null;
            if (_fleet?.MayPoll(isPoll) == false)
            {
                return; // the holder of the lease does
            }

            if (because is not null)
            {
                _log.Requested(because);
            }

            await (isPoll ? PassAsync(_services.Gate, isPoll, cancellationToken) : PassAsync(_services.RequestedGate, isPoll, cancellationToken));
            _retryAfter = null;
            NoteChanges(_environment.Changes.FetchSucceeded(_environment.Current?.Document, isHeld: _environment.Hold.Current is not null));
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
        _fetchStarted = started;
        var keys = new FetchKeys(key, _environment.Kind == EnvironmentKind.Discovered ? _services.Options.ProxyKey : null);
        var before = _environment.Current?.Document.Version;
        var document = await _services.Fetcher.FetchAsync(keys, ConditionsFor(before), cancellationToken);
        var elapsed = _services.Time.GetElapsedTime(started);
        using var turn = _fleet is null ? null : await _fleet.EnterAsync(cancellationToken);
        if (before != _environment.Current?.Document.Version && IsOvertaken(document))
        {
            return;
        }

        await ApplyAsync(document, isPoll, started, elapsed, cancellationToken);
    }

    /// <summary>
    /// Determines whether an answer is of no use because another document was taken from the fleet's store since the
    /// question: "unchanged" refers to the one before, and a document that is not later may be from before that.
    /// </summary>
    private bool IsOvertaken(FetchedDocument? document) =>
        document is null || !(DocumentPosition.Of(document.Content).UpdatedAt > _environment.Current?.Document.UpdatedAt);

    private async Task ApplyAsync(FetchedDocument? document, bool isPoll, long started, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var isRollback = false;
        if (document is not null && IsHeldBack(document.Content, isPoll, out isRollback))
        {
            _environment.Metrics.Fetched(FetchOutcome.HeldBack);
            return;
        }

        var outcome = PublishOutcome.Unchanged;
        if (document is null)
        {
            NoteCurrent();
            _services.Publisher.NoteUnchanged(_environment);
        }
        else
        {
            // Only after publication: a rejected or held document must be fetched again at the next poll.
            outcome = await _services.Publisher.PublishAsync(_environment, document.Content, DocumentOrigin.Upstream, isUrgent: !isPoll, cancellationToken);
            if (outcome == PublishOutcome.Held)
            {
                NoteHeld(isRollback ? DocumentPosition.RevisionOf(document.Content) : null);
                return;
            }

            _heldRollback = null;
            if (isRollback)
            {
                EndHold(isRollback);
            }

            SetConditions(Validators.Of(document, _environment.Current?.Document.UpdatedAt, _services.Time.GetUtcNow()));
        }

        _environment.Metrics.Fetched(outcome == PublishOutcome.Unchanged ? FetchOutcome.Unchanged : FetchOutcome.Updated);
        _environment.Fetched(_services.Time, DocumentOrigin.Upstream);
        _fleet?.Confirmed(isRollback, _conditions, started);
        Keep(_conditions);
        _log.Fetched(elapsed, document is { IsOfOneVersion: false });
    }

    /// <summary>The validators of a document, which may have come by way of the fleet's store.</summary>
    private FetchConditions ConditionsFor(string? revision)
    {
        if (_fleet is not null && revision != _conditionsOf)
        {
            _conditions = revision is null ? FetchConditions.None : _fleet.ConditionsOf(revision);
            _conditionsOf = revision;
        }

        return _conditions;
    }

    private void SetConditions(FetchConditions conditions)
    {
        _conditions = conditions;
        _conditionsOf = _environment.Current?.Document.Version;
    }

    /// <summary>Records that the upstream returned a version that is held: what is served stays, and nothing else learns of it.</summary>
    private void NoteHeld(string? rollback)
    {
        _heldRollback = rollback;
        _environment.Metrics.Fetched(FetchOutcome.Held);
        _environment.FetchedHeld(_services.Time);
        _persisted.KeepHold();
    }

    private void Keep(FetchConditions conditions)
    {
        _persisted.KeepHold();
        _persisted.Keep(conditions);
        if (_fleet?.NextFloor is { } floor)
        {
            _persisted.KeepVersion(floor.ToString());
        }
    }

    private void NoteFailure(Exception exception)
    {
        var failure = FetchFailure.Of(exception, _services.Fetcher.Url) with { Elapsed = _fetchStarted is { } started ? _services.Time.GetElapsedTime(started) : null };
        _retryAfter = failure.RetryAfter;
        if (failure.AreConditionsRejected)
        {
            _conditions = FetchConditions.None;
        }

        _environment.Metrics.Fetched(failure.Outcome);
        _environment.Failed(_services.Time, failure.Message, isRejected: failure.Outcome == FetchOutcome.Rejected);
        _fleet?.Failed(failure.Message);
        _log.Failed(failure, exception);
    }
}
