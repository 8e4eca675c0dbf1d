using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// The stored proxy config, so that a restart without the upstream knows which environments to
/// serve, and their keys. It contains keys, and is therefore encrypted with the proxy key.
/// </summary>
internal sealed partial class PersistedProxyConfig
{
    private readonly IReadOnlyList<IDocumentStore> _stores;
    private readonly DocumentSeal _seal;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger<PersistedProxyConfig> _logger;

    /// <param name="stores">The stores.</param>
    /// <param name="apiUrl">The upstream that it came from.</param>
    /// <param name="proxyKey">The proxy key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PersistedProxyConfig(IReadOnlyList<IDocumentStore> stores, Uri apiUrl, string proxyKey, TimeProvider time, ILogger<PersistedProxyConfig> logger)
    {
        _stores = stores;
        _seal = new DocumentSeal(proxyKey, "proxy config");
        _name = StoredDocumentName.Of("proxy config", apiUrl.AbsoluteUri.TrimEnd('/'), proxyKey);
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Restores the config that an earlier process stored; null if there is none, or the disk does not answer.
    /// </summary>
    public async Task<byte[]?> RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var store in _stores)
        {
            if (await RestoreAsync(store, cancellationToken) is { } config)
            {
                return config;
            }
        }

        return null;
    }

    /// <summary>Saves the config, in the background.</summary>
    public void Keep(ReadOnlyMemory<byte> config)
    {
        if (_stores.Count == 0)
        {
            return;
        }

        var content = _seal.Encrypt(config.Span);
        foreach (var store in _stores)
        {
            store.Save(_name, content, new StoredDocumentMetadata(_time.GetUtcNow()));
        }
    }

    private async Task<byte[]?> RestoreAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.LoadAsync(_name, rejected: null, cancellationToken).WaitAsync(PersistedEnvironment.RestoreLimit, _time, cancellationToken) is not { } stored)
            {
                return null;
            }

            var config = _seal.TryDecrypt(stored.Content);
            if (config is null)
            {
                Log.NotOurs(_logger);
            }
            else
            {
                Log.Restored(_logger, stored.Metadata.Fetched);
            }

            return config;
        }
        catch (TimeoutException)
        {
            Log.TooSlow(_logger, PersistedEnvironment.RestoreLimit.TotalSeconds);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConfigRestored, LogLevel.Information, "Serving the environments of the stored proxy config, fetched at {Fetched:u}, until the API answers")]
        public static partial void Restored(ILogger logger, DateTimeOffset fetched);

        [LoggerMessage(EventIds.ConfigUndecryptable, LogLevel.Warning, "The proxy config in the snapshot directory cannot be decrypted with this proxy key, and is ignored")]
        public static partial void NotOurs(ILogger logger);

        [LoggerMessage(EventIds.ConfigTooSlow, LogLevel.Warning, "The proxy config was not read from the snapshot directory within {Seconds} s; discovery starts without it")]
        public static partial void TooSlow(ILogger logger, double seconds);
    }
}
