using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
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
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(1);

    private readonly ProxyConfigFetcher _fetcher;
    private readonly DiscoveredEnvironments _environments;
    private readonly PersistedProxyConfig _persisted;
    private readonly EnvironmentRegistry _registry;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscoveryService> _logger;
    private readonly LogThrottle _trouble;
    private readonly RefreshSignal _requests = new();
    private readonly SharedProxyConfig? _shared;
    private string? _entityTag;
    private string? _taggedRevision;
    private int _failures;
    private TimeSpan? _retryAfter;

    public DiscoveryService(
        ProxyConfigFetcher fetcher,
        DiscoveredEnvironments environments,
        PersistenceService persistence,
        EnvironmentRegistry registry,
        UpstreamOptions options,
        TimeProvider time,
        ILogger<DiscoveryService> logger,
        FleetContext? fleet = null)
    {
        _fetcher = fetcher;
        _environments = environments;
        var proxyKey = options.ProxyKey ?? throw new ArgumentException("There is no proxy key.", nameof(options));
        _persisted = persistence.ForProxyConfig(proxyKey);
        _registry = registry;
        _options = options;
        _time = time;
        _trouble = new LogThrottle(time);
        _logger = logger;
        _shared = fleet is null ? null : new SharedProxyConfig(fleet, proxyKey, environments, _requests, _persisted.Keep);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        await TryRestoreAsync(stoppingToken);
        var sharing = _shared?.RunAsync(stoppingToken) ?? Task.CompletedTask;
        await new UpstreamLoop(_requests, _time).RunAsync(_ => PollAsync(stoppingToken), NextPause, stoppingToken);
        await sharing;
    });

    private LoopPause NextPause() => _shared is { MayPoll: false } && !_registry.HasDiscovered
        ? new LoopPause(WaitForOthers) // the first config that another member fetches may take too long
        : new LoopPause(PollSchedule.Next(_options.ApiPollFrequency, _failures, _registry.HasDiscovered, _retryAfter, Random.Shared.NextDouble()));

    /// <summary>Restores the stored environments, until the upstream answers.</summary>
    private async Task TryRestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_shared is not null && await _shared.RestoreAsync(cancellationToken))
            {
                return; // other members wrote it, and may have gone on since this one kept its own
            }

            if (await _persisted.RestoreAsync(cancellationToken) is { } config)
            {
                _environments.Apply(config);
                _shared?.Restored(config);
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
        if (_shared is { MayPoll: false })
        {
            _environments.Refresh(); // keys expire all the same
            return;
        }

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
        var started = _time.GetTimestamp();
        var current = _shared?.Revision;
        try
        {
            // The tag is that of another config, if one came from the fleet's store since.
            if (await _fetcher.FetchAsync(current == _taggedRevision ? _entityTag : null, cancellationToken) is { } config)
            {
                Apply(config, started);
                return;
            }
        }
        catch (UpstreamException)
        {
            _environments.Refresh(); // keys expire even while the upstream does not answer
            throw;
        }

        _shared?.Unchanged(current, started);
        _environments.Refresh();
    }

    private void Apply(FetchedDocument config, long started)
    {
        if (_shared is null)
        {
            _environments.Apply(config.Content);
        }
        else if (!_shared.TryApply(config.Content, started))
        {
            return;
        }

        _entityTag = config.EntityTag; // only now: a rejected config must be requested again
        _taggedRevision = _shared is null ? null : DocumentPosition.RevisionOf(config.Content);
        _persisted.Keep(config.Content);
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
