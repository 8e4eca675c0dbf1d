using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// What the snapshot directory has of one environment: restored before the first poll, kept after each. For the
/// environment's poller; one call at a time.
/// </summary>
internal sealed partial class PersistedEnvironment
{
    /// <summary>How long the disk may take before polling begins without it.</summary>
    public static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(5);

    /// <summary>How far the time of the last fetch on disk may be behind.</summary>
    public static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private readonly EnvironmentState _environment;
    private readonly FileDocumentStore _store;
    private readonly PersistenceQueue _jobs;
    private readonly EnvironmentPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly ILogger<PersistedEnvironment> _logger;
    private readonly string _name;
    private readonly string _key;

    // Documents are told apart by where they lie: the one that is served stays the same array until there is another.
    private ReadOnlyMemory<byte> _queued;
    private long _queuedAt;
    private ReadOnlyMemory<byte> _written; // the jobs' own, once there are any

    public PersistedEnvironment(
        EnvironmentState environment,
        FileDocumentStore store,
        PersistenceQueue jobs,
        EnvironmentPublisher publisher,
        Uri source,
        TimeProvider time,
        ILogger<PersistedEnvironment> logger)
    {
        _environment = environment;
        _store = store;
        _jobs = jobs;
        _publisher = publisher;
        _time = time;
        _logger = logger;
        _name = StoredDocumentName.OfDocument(source, environment.ClientSideKey);
        _key = KeyMask.Mask(environment.ClientSideKey);
    }

    /// <summary>Serves what an earlier process fetched, if nothing is served yet: the newest generation that can be.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What is loaded then, for the first poll.</returns>
    public async Task<FetchConditions> RestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = long.MaxValue;
            while (_store.IsEnabled && _environment.Current is null && await ReadAsync(before, cancellationToken) is { } stored)
            {
                if (await TryPublishAsync(stored, cancellationToken))
                {
                    return new FetchConditions(stored.Metadata.LastModified, stored.Metadata.EntityTag);
                }

                before = stored.Generation;
            }
        }
        catch (TimeoutException)
        {
            Log.TooSlow(_logger, _key, RestoreLimit.TotalSeconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down.
        }

        return FetchConditions.None;
    }

    /// <summary>Keeps what is served, in the background. To be called after each successful poll; does little if nothing changed.</summary>
    /// <param name="conditions">What the next poll will ask with.</param>
    public void Keep(FetchConditions conditions)
    {
        if (!_store.IsEnabled || _environment is not { Current.Document.Body.Plain: var document, Freshness.Fetched: { } fetched })
        {
            return;
        }

        if (document.Equals(_queued) && _time.GetElapsedTime(_queuedAt) < TouchInterval)
        {
            return;
        }

        _queued = document;
        _queuedAt = _time.GetTimestamp();
        var metadata = new StoredDocumentMetadata(fetched, conditions.IfNoneMatch, conditions.IfModifiedSince);
        _jobs.Set(_name, () => Write(document, metadata));
    }

    /// <summary>Removes what is kept, in the background: the environment is no longer served.</summary>
    public void Forget()
    {
        if (_store.IsEnabled)
        {
            _jobs.Set(_name, () => _store.Delete(_name));
        }
    }

    private Task<StoredDocument?> ReadAsync(long before, CancellationToken cancellationToken) =>
        _jobs.RunAsync(() => _store.Read(_name, before)).WaitAsync(RestoreLimit, _time, cancellationToken);

    private async Task<bool> TryPublishAsync(StoredDocument stored, CancellationToken cancellationToken)
    {
        try
        {
            await _publisher.PublishAsync(_environment, stored.Content, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Everything: what another version of the proxy kept must not keep this one from polling.
            Log.Rejected(_logger, _key, exception.Message);
            return false;
        }

        _environment.Restored(_time, stored.Metadata.Fetched);
        _queued = _written = stored.Content;
        _queuedAt = _time.GetTimestamp();
        Log.Restored(_logger, _key, stored.Metadata.Fetched);
        return true;
    }

    private void Write(ReadOnlyMemory<byte> document, StoredDocumentMetadata metadata)
    {
        if (!document.Equals(_written) || !_store.Touch(_name, metadata.Fetched))
        {
            _written = _store.Write(_name, document, metadata) ? document : default;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SnapshotRestored, LogLevel.Information,
            "Environment {Key}: serving the document that an earlier process fetched at {Fetched:u}, until the API answers")]
        public static partial void Restored(ILogger logger, string key, DateTimeOffset fetched);

        [LoggerMessage(EventIds.SnapshotRejected, LogLevel.Warning, "Environment {Key}: the document in a snapshot was rejected: {Reason}")]
        public static partial void Rejected(ILogger logger, string key, string reason);

        [LoggerMessage(EventIds.SnapshotTooSlow, LogLevel.Warning,
            "Environment {Key}: its snapshot was not read within {Seconds} s; polling begins without it")]
        public static partial void TooSlow(ILogger logger, string key, double seconds);
    }
}
