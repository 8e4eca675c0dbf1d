using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// Polls the proxy config as often as documents: one loop, for as long as the proxy runs, that no failure ends. A failed
/// attempt changes nothing.
/// </summary>
internal sealed partial class DiscoveryService : BackgroundService
{
    private readonly ProxyConfigFetcher _fetcher;
    private readonly DiscoveredEnvironments _environments;
    private readonly PersistedProxyConfig _persisted;
    private readonly EnvironmentRegistry _registry;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscoveryService> _logger;
    private readonly LogThrottle _trouble;
    private string? _entityTag;
    private int _failures;
    private TimeSpan? _retryAfter;

    public DiscoveryService(
        ProxyConfigFetcher fetcher,
        DiscoveredEnvironments environments,
        PersistenceService persistence,
        EnvironmentRegistry registry,
        UpstreamOptions options,
        TimeProvider time,
        ILogger<DiscoveryService> logger)
    {
        _fetcher = fetcher;
        _environments = environments;
        _persisted = persistence.ForProxyConfig(options.ProxyKey ?? throw new ArgumentException("There is no proxy key.", nameof(options)));
        _registry = registry;
        _options = options;
        _time = time;
        _trouble = new LogThrottle(time);
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        await TryRestoreAsync(stoppingToken);
        await new UpstreamLoop(new RefreshSignal(), _time).RunAsync(_ => PollAsync(stoppingToken), NextPause, stoppingToken);
    });

    private LoopPause NextPause() =>
        new(PollSchedule.Next(_options.ApiPollFrequency, _failures, _registry.HasDiscovered, _retryAfter, Random.Shared.NextDouble()));

    /// <summary>Restores the stored environments, until the upstream answers.</summary>
    private async Task TryRestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _persisted.RestoreAsync(cancellationToken) is { } config)
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
            // Catches everything: the stored config must not prevent polling.
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
                Log.Recovered(_logger, Quantity.Of(_failures, "failed attempt"));
            }

            _failures = 0;
            _retryAfter = null;
            _trouble.Reset();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down.
        }
        catch (Exception exception)
        {
            // Catches everything: if the loop ended, revoked keys would stay valid forever.
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
                _entityTag = config.EntityTag; // only now: a rejected config must be requested again
                _persisted.Keep(config.Content);
                return;
            }
        }
        catch (UpstreamException)
        {
            _environments.Refresh(); // keys expire even while the upstream does not answer
            throw;
        }

        _environments.Refresh();
    }

    private void NoteFailure(Exception exception)
    {
        _failures++;
        var failure = FetchFailure.Of(exception, _fetcher.Url);
        _retryAfter = failure.RetryAfter;
        var consequence = _registry.HasDiscovered ? "the environments that it listed before stay as they are" : "no environments are known from it yet";
        if (failure.IsUnexpected)
        {
            Log.Unexpected(_logger, exception);
        }
        else if (failure.Outcome == FetchOutcome.Refused)
        {
            if (_trouble.ShouldLog())
            {
                Log.Refused(_logger, failure, consequence);
            }
        }
        else
        {
            Log.Failed(_logger, _trouble.ShouldLog() ? LogLevel.Warning : LogLevel.Debug, failure, consequence);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.DiscoveryFailed, Message = "Fetching the proxy config failed: {Failure}; {Consequence}. Retrying; logged once a minute while it fails")]
        public static partial void Failed(ILogger logger, LogLevel level, FetchFailure failure, string consequence);

        [LoggerMessage(EventIds.ProxyKeyRejected, LogLevel.Error,
            "The API rejected the proxy key: {Failure}. Check proxy_key and that it is not revoked, and that api_url is the API it belongs to. Until then {Consequence}")]
        public static partial void Refused(ILogger logger, FetchFailure failure, string consequence);

        [LoggerMessage(EventIds.DiscoveryRecovered, LogLevel.Information, "The proxy config was fetched again after {Failures}")]
        public static partial void Recovered(ILogger logger, string failures);

        [LoggerMessage(EventIds.DiscoveryUnexpected, LogLevel.Error, "Unexpected error while fetching the proxy config; will retry")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
