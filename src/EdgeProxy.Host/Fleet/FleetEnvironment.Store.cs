using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <content>Operations of the store. For the loop of the environment only, unless stated otherwise.</content>
internal sealed partial class FleetEnvironment
{
    private volatile PollReport? _report;
    private volatile string? _servedDocument;
    private (string Revision, long WrittenAt)? _unusable;

    /// <summary>
    /// Publishes the store's document, if it is later than anything that was served. To be called before the first poll.
    /// Takes no longer than the timeout.
    /// </summary>
    /// <param name="isLast">True if nothing else was found, so that the document counts even if an earlier process served a later one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task RestoreAsync(bool isLast, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        _isAway = !read.IsKnown;
        if (read.Value is { } stored && (isLast || _floor is not { } floor || IsFloor(stored.Entry.Version)
            || _fleet.Order.Decide(SeenOf(stored.Entry), floor, wasReplaced: false) == StoredDecision.Later))
        {
            await TakeAsync(stored, cancellationToken);
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        Rekey();
        var bid = _fleet.Settings.Poll == FleetPolling.Never ? LeaseBid.None : _lease.NextBid();
        var started = _fleet.Time.GetTimestamp();
        var look = await _fleet.Store.TryAsync(StoreOperation.Look, Id, store => store.LookAsync(Id, bid), cancellationToken);
        _isAway = !look.IsKnown;
        _awayLooks = look.IsKnown ? 0 : _awayLooks + 1;
        if (!look.IsKnown)
        {
            return;
        }

        var wasHolder = IsHolder;
        _look = new TimedLook(look.Value, started, _fleet.Time.GetTimestamp());
        if (_lease.Looked(look.Value.Holder, bid, started))
        {
            LeaseTaken(look.Value);
        }
        else if (wasHolder && !IsHolder)
        {
            Log.LeaseLost(_fleet.Logger, EnvironmentLabel.Of(_environment), look.Value.Holder is null ? "nobody" : Holder!);
        }

        await ConsiderAsync(look.Value, cancellationToken);
        await ReportAsync(cancellationToken);
        if (IsHolder && _fleet.Shares.ShouldLetGo)
        {
            await ReleaseAsync(cancellationToken);
        }
    }

    /// <summary>The server-side key of the environment may have been replaced, and its name in the store with it.</summary>
    private void Rekey()
    {
        if (_environment.FetchKey(_fleet.Time.GetUtcNow()) is { } key && !string.Equals(key, _sealed.ServerSideKey, StringComparison.Ordinal))
        {
            _fleet.Store.Unsubscribe(Id);
            _lease.Drop();
            _sealed = new SealedEnvironment(key);
            _fleet.Store.Subscribe(Id, Announced);
        }
    }

    private void LeaseTaken(FleetLook look)
    {
        Log.LeaseTaken(_fleet.Logger, EnvironmentLabel.Of(_environment));

        // The next poll comes soon enough if the holder before confirmed the document.
        var isConfirmed = look.Entry?.ConfirmedAt is { } at && look.Now - at < _fleet.Settings.PollInterval.TotalMilliseconds;
        if (!isConfirmed)
        {
            _environment.Refresh("it holds the fleet's lease now");
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (_report is not { } report)
        {
            return;
        }

        var sent = await _fleet.Store.TryAsync(StoreOperation.Report, Id, store => store.ReportAsync(Id, report, StoreTimeOf(report.Started)), cancellationToken);
        if (sent.IsKnown)
        {
            Interlocked.CompareExchange(ref _report, null, report);
        }
    }

    private Task<StoreResult<StoredPayload?>> ReadAsync(CancellationToken cancellationToken) =>
        _fleet.Store.TryAsync(StoreOperation.Read, Id, store => store.ReadAsync(Id), cancellationToken);

    /// <summary>Writes the served document, unless the store has another one that is not earlier.</summary>
    /// <param name="replaces">A revision that cannot be used; null if the store has none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task WriteAsync(string? replaces, CancellationToken cancellationToken)
    {
        FleetVersion version;
        DocumentWrite write;
        using (await EnterAsync(cancellationToken))
        {
            if (_served is not { } served || _environment.Current?.Document is not { } document)
            {
                return;
            }

            // The served document may be another form of the same flags than the one that the version was taken from.
            version = served with { Revision = document.Version };
            var payload = _sealed.Encrypt(version, document.Body.Plain.Span, ConditionsOf(document.Version));
            write = new DocumentWrite(version, payload, _fleet.Settings.Name, _lease.Token, EarliestStoreTime(_seen?.Last), replaces);
        }

        var written = await _fleet.Store.TryAsync(StoreOperation.Write, Id, store => store.WriteAsync(Id, write), cancellationToken);
        if (!written.IsKnown || written.Value != WriteOutcome.Written)
        {
            return; // what another member wrote is announced
        }

        if (_report is { } report && report.Revision == version.Revision)
        {
            Interlocked.CompareExchange(ref _report, null, report);
        }
        else
        {
            Log.Refilled(_fleet.Logger, EnvironmentLabel.Of(_environment), version.Revision);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FleetPayloadUnopened, LogLevel.Warning,
            "Environment {Environment}: the document that member {Writer} is said to have written to the fleet's store cannot be decrypted with the server-side key: it was changed or truncated. It is not used; the member that holds the lease replaces it. Check who can write to the store")]
        public static partial void Unopened(ILogger logger, EnvironmentLabel environment, string writer);

        [LoggerMessage(EventIds.FleetPayloadRejected, LogLevel.Warning,
            "Environment {Environment}: the document that member {Writer} wrote to the fleet's store was rejected: {Reason} It is not used; the member that holds the lease replaces it")]
        public static partial void Rejected(ILogger logger, EnvironmentLabel environment, string writer, string reason);

        [LoggerMessage(EventIds.FleetDocumentTaken, LogLevel.Debug, "Environment {Environment}: serving {Revision}, which member {Writer} wrote to the fleet's store")]
        public static partial void DocumentTaken(ILogger logger, EnvironmentLabel environment, string revision, string writer);

        [LoggerMessage(EventIds.FleetDocumentHeldBack, LogLevel.Warning,
            "Environment {Environment}: the fleet's store has a document, {Revision} of {UpdatedAt:o}, that is not later than the current one; still serving {ServedRevision} of {ServedUpdatedAt:o}. It is served after {Confirmations} polls of the lease's holder that confirm it (upstream.rollback_confirmations)")]
        public static partial void HeldBack(
            ILogger logger, EnvironmentLabel environment, string revision, DateTimeOffset? updatedAt, string servedRevision, DateTimeOffset? servedUpdatedAt, int confirmations);

        [LoggerMessage(EventIds.FleetStoreRefilled, LogLevel.Information,
            "Environment {Environment}: the fleet's store had no document, or an earlier or unusable one; wrote the served one, {Revision}, to it")]
        public static partial void Refilled(ILogger logger, EnvironmentLabel environment, string revision);

        [LoggerMessage(EventIds.FleetLeaseTaken, LogLevel.Debug, "Environment {Environment}: this member holds its lease, and polls the API for the fleet")]
        public static partial void LeaseTaken(ILogger logger, EnvironmentLabel environment);

        [LoggerMessage(EventIds.FleetLeaseLost, LogLevel.Debug, "Environment {Environment}: this member does not hold its lease any more; {Holder} does")]
        public static partial void LeaseLost(ILogger logger, EnvironmentLabel environment, string holder);

        [LoggerMessage(EventIds.FleetStepFailed, LogLevel.Error, "Environment {Environment}: unexpected error while using the fleet's store; will retry")]
        public static partial void Unexpected(ILogger logger, Exception exception, EnvironmentLabel environment);
    }
}
