using System.Globalization;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Keeps one environment current: one loop, for as long as the proxy runs, that no failure ends. Whatever goes wrong,
/// the last good document keeps being served.
/// </summary>
internal sealed partial class EnvironmentPoller
{
    private readonly EnvironmentState _environment;
    private readonly DocumentFetcher _fetcher;
    private readonly EnvironmentPublisher _publisher;
    private readonly PersistedEnvironment _kept;
    private readonly UpstreamOptions _options;
    private readonly SemaphoreSlim _gate;
    private readonly TimeProvider _time;
    private readonly ILogger<EnvironmentPoller> _logger;
    private readonly string _key;
    private readonly LogThrottle _refusals;
    private FetchConditions _conditions = FetchConditions.None;
    private TimeSpan? _askedToWait;

    public EnvironmentPoller(
        EnvironmentState environment,
        DocumentFetcher fetcher,
        EnvironmentPublisher publisher,
        PersistedEnvironment kept,
        UpstreamOptions options,
        SemaphoreSlim gate,
        TimeProvider time,
        ILogger<EnvironmentPoller> logger)
    {
        _environment = environment;
        _fetcher = fetcher;
        _publisher = publisher;
        _kept = kept;
        _options = options;
        _gate = gate;
        _time = time;
        _refusals = new LogThrottle(time);
        _logger = logger;
        _key = KeyMask.Mask(environment.ClientSideKey);
    }

    /// <summary>Polls until it is cancelled; before that, serves what an earlier process left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RestoreAsync(cancellationToken).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors);
        while (!cancellationToken.IsCancellationRequested)
        {
            await PollAsync(cancellationToken).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors); // the log itself may fail, here as above
            var wait = PollSchedule.Next(
                _options.ApiPollFrequency, _environment.Freshness.Failures, _environment.Current is not null, _askedToWait, Random.Shared.NextDouble());
            await UpstreamThreads.Pause(wait, _time, cancellationToken);
        }
    }

    private async Task RestoreAsync(CancellationToken cancellationToken) => _conditions = await _kept.RestoreAsync(cancellationToken);

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        var failures = _environment.Freshness.Failures;
        try
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                await RefreshAsync(cancellationToken);
            }
            finally
            {
                _gate.Release();
            }

            _askedToWait = null;
            _refusals.Reset();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // shutting down
        }
        catch (Exception exception)
        {
            // Everything: a loop that ends serves old flags for ever while the proxy looks healthy.
            NoteFailure(exception);
            return;
        }

        if (failures > 0 && _environment.Freshness.Failures == 0)
        {
            Log.Recovered(_logger, _key, failures);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_environment.FetchKey(_time.GetUtcNow()) is not { } key)
        {
            return; // all have expired; whoever found them will hear of others
        }

        var started = _time.GetTimestamp();
        var keys = new FetchKeys(key, _environment.Kind == EnvironmentKind.Discovered ? _options.ProxyKey : null);
        var document = await _fetcher.FetchAsync(keys, _conditions, cancellationToken);
        var elapsed = _time.GetElapsedTime(started);
        var outcome = PublishOutcome.Unchanged;
        if (document is not null)
        {
            // Not before the document is in place: if it is rejected, the next poll must ask for it again.
            outcome = await _publisher.PublishAsync(_environment, document.Content, cancellationToken);
            _conditions = new FetchConditions(document.LastModified ?? UpdatedAt(), document.EntityTag);
        }

        _environment.Metrics.Fetched(outcome == PublishOutcome.Unchanged ? FetchOutcome.Unchanged : FetchOutcome.Updated);
        _environment.Fetched(_time, DocumentOrigin.Upstream);
        _kept.Keep(_conditions);
        if (document is { IsOfOneVersion: false })
        {
            Log.MixedPages(_logger, _key);
        }

        if (elapsed > _options.ApiPollFrequency)
        {
            Log.SlowPages(_logger, _key, elapsed.TotalSeconds, _options.ApiPollFrequency.TotalSeconds);
        }
    }

    /// <summary>
    /// The time that the document gives itself, as an HTTP date. None that is still to come: there would be nothing newer
    /// until then.
    /// </summary>
    private string? UpdatedAt() => _environment.Current?.Document.UpdatedAt is { } updated && updated <= _time.GetUtcNow()
        ? updated.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture)
        : null;

    private void NoteFailure(Exception exception)
    {
        _askedToWait = (exception as UpstreamException)?.RetryAfter;
        if (exception is UpstreamException { AreConditionsRejected: true })
        {
            _conditions = FetchConditions.None;
        }

        _environment.Metrics.Fetched(exception switch
        {
            UpstreamException { IsRefused: true } => FetchOutcome.Refused,
            EnvironmentDocumentException => FetchOutcome.Rejected,
            _ => FetchOutcome.Failed,
        });
        var isExpected = exception is UpstreamException or EnvironmentDocumentException;
        _environment.Failed(
            _time, isExpected ? exception.Message : $"an unexpected {exception.GetType().Name}", isRejected: exception is EnvironmentDocumentException);
        switch (exception)
        {
            case UpstreamException { IsRefused: true }:
                if (_refusals.ShouldLog())
                {
                    Log.Refused(_logger, _key, _options.ApiUrl.GetLeftPart(UriPartial.Path), exception.Message);
                }

                break;
            case UpstreamException:
                Log.Failed(_logger, _key, exception.Message);
                break;
            case EnvironmentDocumentException:
                Log.Rejected(_logger, _key, exception.Message);
                break;
            default:
                Log.Unexpected(_logger, exception, _key);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FetchFailed, LogLevel.Warning,
            "Environment {Key}: fetching its document failed: {Reason}; what is loaded keeps being served")]
        public static partial void Failed(ILogger logger, string key, string reason);

        [LoggerMessage(EventIds.FetchRefused, LogLevel.Error,
            "Environment {Key}: {Url} does not accept its server-side key ({Reason}); check the key pair, and whether the key was revoked")]
        public static partial void Refused(ILogger logger, string key, string url, string reason);

        [LoggerMessage(EventIds.FetchRecovered, LogLevel.Information, "Environment {Key}: fetched again after {Failures} failed attempts")]
        public static partial void Recovered(ILogger logger, string key, int failures);

        [LoggerMessage(EventIds.FetchSlowPages, LogLevel.Warning,
            "Environment {Key}: fetching its document took {Seconds:0.0} s, longer than the poll interval of {Interval} s")]
        public static partial void SlowPages(ILogger logger, string key, double seconds, double interval);

        [LoggerMessage(EventIds.FetchMixedPages, LogLevel.Warning,
            "Environment {Key}: its document changed whenever its pages were fetched; identity overrides of different versions are served until the next poll")]
        public static partial void MixedPages(ILogger logger, string key);

        [LoggerMessage(EventIds.DocumentRejected, LogLevel.Error,
            "Environment {Key}: its document was rejected: {Reason} What is loaded keeps being served")]
        public static partial void Rejected(ILogger logger, string key, string reason);

        [LoggerMessage(EventIds.PollFailed, LogLevel.Error, "Environment {Key}: polling failed in a way that was not expected; it goes on")]
        public static partial void Unexpected(ILogger logger, Exception exception, string key);
    }
}
