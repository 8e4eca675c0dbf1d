using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Keeps the documents of environments over restarts. As a service it prepares the directory, and lets what is not written
/// yet be written before the proxy ends; so it must be registered before whoever polls.
/// </summary>
internal sealed partial class PersistenceService : IHostedService, IDisposable
{
    private readonly PersistenceQueue _jobs = new();
    private readonly FileDocumentStore _store;
    private readonly EnvironmentPublisher _publisher;
    private readonly Uri _source;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    /// <param name="store">The files.</param>
    /// <param name="publisher">Takes the documents of an earlier process.</param>
    /// <param name="source">The API that documents come from; those of another are not used.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">The log.</param>
    public PersistenceService(FileDocumentStore store, EnvironmentPublisher publisher, Uri source, TimeProvider time, ILoggerFactory loggers)
    {
        _store = store;
        _publisher = publisher;
        _source = source;
        _time = time;
        _loggers = loggers;
    }

    /// <summary>What is kept of an environment.</summary>
    public PersistedEnvironment For(EnvironmentState environment) =>
        new(environment, _store, _jobs, _publisher, _source, _time, _loggers.CreateLogger<PersistedEnvironment>());

    /// <summary>What is kept of the proxy config.</summary>
    /// <param name="proxyKey">The key that it is given for.</param>
    public PersistedProxyConfig ForProxyConfig(string proxyKey) =>
        new(_store, _jobs, _source, proxyKey, _time, _loggers.CreateLogger<PersistedProxyConfig>());

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_store.IsEnabled)
        {
            // Not waited for: requests are not to wait for a disk.
            _jobs.Set("", _store.Prepare);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _jobs.WhenIdleAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.Unfinished(_loggers.CreateLogger<PersistenceService>(), _jobs.Unfinished);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _jobs.Dispose();

    private static partial class Log
    {
        [LoggerMessage(EventIds.SnapshotsUnfinished, LogLevel.Warning,
            "{Count} snapshots were not written before the proxy had to end; those before them stay")]
        public static partial void Unfinished(ILogger logger, int count);
    }
}
