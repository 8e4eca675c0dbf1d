using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// The stored documents of one environment: restored before the first poll, stored after each. For the loop that
/// polls the environment; not thread-safe.
/// </summary>
internal sealed partial class PersistedEnvironment
{
    /// <summary>The maximum time for reading a store before polling starts without it.</summary>
    public static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(5);

    /// <summary>The maximum age of the stored time of the last fetch before it is written again.</summary>
    public static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private readonly EnvironmentState _environment;
    private readonly IReadOnlyList<IDocumentStore> _stores;
    private readonly EnvironmentPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly ILogger<PersistedEnvironment> _logger;
    private readonly string _name;
    private readonly string _versionName;
    private readonly string _holdName;

    // Documents are compared by reference: an unchanged document stays the same array.
    private ReadOnlyMemory<byte> _queued;
    private long _queuedAt;
    private string? _version;
    private HeldVersion? _hold;

    public PersistedEnvironment(
        EnvironmentState environment,
        IReadOnlyList<IDocumentStore> stores,
        EnvironmentPublisher publisher,
        Uri source,
        TimeProvider time,
        ILogger<PersistedEnvironment> logger)
    {
        _environment = environment;
        _stores = stores;
        _publisher = publisher;
        _time = time;
        _logger = logger;
        _name = StoredDocumentName.OfDocument(source, environment.ClientSideKey);
        _holdName = StoredDocumentName.Of("held version", source.AbsoluteUri.TrimEnd('/'), environment.ClientSideKey);
        _versionName = StoredDocumentName.Of("fleet version", source.AbsoluteUri.TrimEnd('/'), environment.ClientSideKey);
    }

    /// <summary>Restores the newest stored document that can be served, if none is loaded yet.</summary>
    /// <param name="isLater">Determines whether a stored document is to replace the one that is loaded already; null to replace none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The conditions for the first poll; null if nothing was restored.</returns>
    public async Task<FetchConditions?> RestoreAsync(Func<byte[], bool>? isLater, CancellationToken cancellationToken)
    {
        foreach (var store in _stores)
        {
            if ((_environment.Current is null || isLater is not null) && await RestoreAsync(store, isLater, cancellationToken) is { } conditions)
            {
                return conditions;
            }
        }

        return null;
    }

    /// <summary>Loads the version, in the fleet, of the document that an earlier process served; null if there is none.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<string?> LoadVersionAsync(CancellationToken cancellationToken)
    {
        foreach (var store in _stores)
        {
            try
            {
                if (await store.LoadAsync(_versionName, rejected: null, cancellationToken).WaitAsync(RestoreLimit, _time, cancellationToken) is { } stored)
                {
                    _version = Encoding.UTF8.GetString(stored.Content);
                    return _version;
                }
            }
            catch (TimeoutException)
            {
                Log.TooSlow(_logger, EnvironmentLabel.Of(_environment), RestoreLimit.TotalSeconds);
            }
        }

        return null;
    }

    /// <summary>Saves the version of the current document in the fleet, in the background; costs nothing if it is unchanged.</summary>
    public void KeepVersion(string version)
    {
        if (string.Equals(version, _version, StringComparison.Ordinal) || _stores.Count == 0)
        {
            return;
        }

        _version = version;
        var content = Encoding.UTF8.GetBytes(version);
        foreach (var store in _stores)
        {
            store.Save(_versionName, content, new StoredDocumentMetadata(_time.GetUtcNow()));
        }
    }

    /// <summary>
    /// Saves the current document, in the background. To be called after each successful poll; costs little if nothing
    /// changed.
    /// </summary>
    /// <param name="conditions">The conditions for the next poll.</param>
    public void Keep(FetchConditions conditions)
    {
        if (_stores.Count == 0 || _environment is not { Current.Document.Body.Plain: var document, Freshness.Fetched: { } fetched })
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
        foreach (var store in _stores)
        {
            store.Save(_name, document, metadata);
        }
    }

    /// <summary>Deletes the stored documents, in the background: the environment is no longer served.</summary>
    public void Forget()
    {
        foreach (var store in _stores)
        {
            store.Delete(_name);
            store.Delete(_versionName);
            store.Delete(_holdName);
        }
    }

    /// <summary>Publishes the latest document of a store that can be served.</summary>
    private async Task<FetchConditions?> RestoreAsync(IDocumentStore store, Func<byte[], bool>? isLater, CancellationToken cancellationToken)
    {
        try
        {
            StoredDocument? rejected = null;
            while (await store.LoadAsync(_name, rejected, cancellationToken).WaitAsync(RestoreLimit, _time, cancellationToken) is { } stored)
            {
                if (isLater?.Invoke(stored.Content) == false)
                {
                    return null;
                }

                if (await TryPublishAsync(stored, cancellationToken))
                {
                    return new FetchConditions(stored.Metadata.LastModified, stored.Metadata.EntityTag);
                }

                rejected = stored;
            }
        }
        catch (TimeoutException)
        {
            Log.TooSlow(_logger, EnvironmentLabel.Of(_environment), RestoreLimit.TotalSeconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down.
        }

        return null;
    }

    private async Task<bool> TryPublishAsync(StoredDocument stored, CancellationToken cancellationToken)
    {
        try
        {
            await _publisher.PublishAsync(_environment, stored.Content, DocumentOrigin.Disk, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Catches everything: a document stored by another version must not prevent polling.
            Log.Rejected(_logger, EnvironmentLabel.Of(_environment), exception.Message.TrimEnd('.'));
            return false;
        }

        _environment.Restored(_time, stored.Metadata.Fetched, DocumentOrigin.Disk);
        _queued = stored.Content;
        _queuedAt = _time.GetTimestamp();
        Log.Restored(_logger, EnvironmentLabel.Of(_environment), stored.Metadata.Fetched);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoredDocumentRestored, LogLevel.Information,
            "Environment {Environment}: serving the stored document that an earlier process fetched at {Fetched:u} until the first poll succeeds")]
        public static partial void Restored(ILogger logger, EnvironmentLabel environment, DateTimeOffset fetched);

        [LoggerMessage(EventIds.StoredDocumentRejected, LogLevel.Warning, "Environment {Environment}: the stored document was rejected: {Reason}; an older one is tried, and else the first poll is waited for")]
        public static partial void Rejected(ILogger logger, EnvironmentLabel environment, string reason);

        [LoggerMessage(EventIds.StoredDocumentTooSlow, LogLevel.Warning,
            "Environment {Environment}: the stored document was not read within {Seconds} s; polling starts without it")]
        public static partial void TooSlow(ILogger logger, EnvironmentLabel environment, double seconds);
    }
}
