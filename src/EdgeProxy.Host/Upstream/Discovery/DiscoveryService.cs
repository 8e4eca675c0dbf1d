using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// Asks for the proxy config as often as for documents: one loop, for as long as the proxy runs, that no failure ends. An
/// attempt that fails changes nothing.
/// </summary>
internal sealed partial class DiscoveryService : BackgroundService
{
    private readonly ProxyConfigFetcher _fetcher;
    private readonly DiscoveredEnvironments _environments;
    private readonly PersistedProxyConfig _kept;
    private readonly EnvironmentRegistry _registry;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscoveryService> _logger;
    private readonly LogThrottle _refusals;
    private string? _entityTag;
    private int _failures;
    private TimeSpan? _askedToWait;

    public DiscoveryService(
        ProxyConfigFetcher fetcher,
        DiscoveredEnvironments environments,
        PersistenceService snapshots,
        EnvironmentRegistry registry,
        UpstreamOptions options,
        TimeProvider time,
        ILogger<DiscoveryService> logger)
    {
        _fetcher = fetcher;
        _environments = environments;
        _kept = snapshots.ForProxyConfig(options.ProxyKey ?? throw new ArgumentException("There is no proxy key.", nameof(options)));
        _registry = registry;
        _options = options;
        _time = time;
        _refusals = new LogThrottle(time);
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        await TryRestoreAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await PollAsync(stoppingToken);
            var wait = PollSchedule.Next(_options.ApiPollFrequency, _failures, _registry.HasDiscovered, _askedToWait, Random.Shared.NextDouble());
            await UpstreamThreads.Pause(wait, _time, stoppingToken);
        }
    });

    /// <summary>Serves what an earlier process knew, until the upstream answers.</summary>
    private async Task TryRestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _kept.RestoreAsync(cancellationToken) is { } config)
            {
                _environments.Apply(config);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down.
        }
        catch (Exception exception)
        {
            // Everything: what is kept must not keep the upstream from being asked.
            Log.Unexpected(_logger, exception);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
            if (_failures > 0)
            {
                Log.Recovered(_logger, _failures);
            }

            _failures = 0;
            _askedToWait = null;
            _refusals.Reset();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down.
        }
        catch (Exception exception)
        {
            // Everything: a loop that ends would let revoked keys in for ever.
            NoteFailure(exception);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _fetcher.FetchAsync(_entityTag, cancellationToken) is { } config)
            {
                _environments.Apply(config.Content);
                _entityTag = config.EntityTag; // not before: what was rejected must be asked for again
                _kept.Keep(config.Content);
                return;
            }
        }
        catch (UpstreamException)
        {
            _environments.Refresh(); // time passes whether the upstream answers or not
            throw;
        }

        _environments.Refresh();
    }

    private void NoteFailure(Exception exception)
    {
        _failures++;
        _askedToWait = (exception as UpstreamException)?.RetryAfter;
        switch (exception)
        {
            case UpstreamException { IsRefused: true }:
                if (_refusals.ShouldLog())
                {
                    Log.Refused(_logger, _options.ApiUrl.GetLeftPart(UriPartial.Path), exception.Message);
                }

                break;
            case UpstreamException:
                Log.Failed(_logger, exception.Message);
                break;
            default:
                Log.Unexpected(_logger, exception);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DiscoveryFailed, LogLevel.Warning, "Fetching the proxy config failed: {Reason}; the environments stay as they are")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(EventIds.DiscoveryRefused, LogLevel.Error,
            "{Url} does not accept the proxy key ({Reason}); check proxy_key, whether it was revoked, and whether api_url is the API it belongs to. The environments stay as they are")]
        public static partial void Refused(ILogger logger, string url, string reason);

        [LoggerMessage(EventIds.DiscoveryRecovered, LogLevel.Information, "The proxy config was fetched again after {Failures} failed attempts")]
        public static partial void Recovered(ILogger logger, int failures);

        [LoggerMessage(EventIds.DiscoveryUnexpected, LogLevel.Error, "Fetching the proxy config failed in a way that was not expected; it goes on")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
