using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Stores the documents of environments across restarts. As a service it prepares the stores, and finishes pending writes
/// before the proxy ends; so it must be registered before the services that poll.
/// </summary>
internal sealed partial class PersistenceService : IHostedService
{
    private readonly IReadOnlyList<IDocumentStore> _stores;
    private readonly EnvironmentPublisher _publisher;
    private readonly Uri _source;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    /// <param name="stores">The stores.</param>
    /// <param name="publisher">Publishes the restored documents.</param>
    /// <param name="source">The API that documents come from; stored documents of another are ignored.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">The log.</param>
    public PersistenceService(IEnumerable<IDocumentStore> stores, EnvironmentPublisher publisher, Uri source, TimeProvider time, ILoggerFactory loggers)
    {
        _stores = [.. stores];
        _publisher = publisher;
        _source = source;
        _time = time;
        _loggers = loggers;
    }

    /// <summary>Creates the persistence of an environment.</summary>
    public PersistedEnvironment For(EnvironmentState environment) =>
        new(environment, _stores, _publisher, _source, _time, _loggers.CreateLogger<PersistedEnvironment>());

    /// <summary>Creates the persistence of the proxy config.</summary>
    /// <param name="proxyKey">The proxy key.</param>
    public PersistedProxyConfig ForProxyConfig(string proxyKey) =>
        new(_stores, _source, proxyKey, _time, _loggers.CreateLogger<PersistedProxyConfig>());

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var store in _stores)
        {
            store.Prepare();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_stores.Select(store => store.FlushAsync(cancellationToken)));
        }
        catch (OperationCanceledException)
        {
            Log.Unfinished(_loggers.CreateLogger<PersistenceService>(), Quantity.Of(_stores.Sum(static store => store.Unsaved), "document"));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DocumentsNotStored, LogLevel.Warning,
            "The shutdown timeout ended before {Documents} could be stored; the versions stored before remain")]
        public static partial void Unfinished(ILogger logger, string documents);
    }
}
