using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>The log of one environment's refreshes.</summary>
internal sealed partial class RefreshLog
{
    // In between, the summaries count the environment.
    private static readonly TimeSpan OwnEntryInterval = TimeSpan.FromHours(1);

    private readonly EnvironmentState _environment;
    private readonly RefreshServices _services;
    private readonly ILogger<EnvironmentRefresh> _logger;
    private readonly LogThrottle _refusals;
    private readonly LogThrottle _rejections;
    private string? _rejected;

    public RefreshLog(EnvironmentState environment, RefreshServices services)
    {
        _environment = environment;
        _services = services;
        _logger = services.Loggers.CreateLogger<EnvironmentRefresh>();
        _refusals = new LogThrottle(services.Time, OwnEntryInterval);
        _rejections = new LogThrottle(services.Time, OwnEntryInterval);
    }

    private string Consequence => _environment.Current is null ? "nothing is loaded yet, requests with its keys get 503" : "still serving the document before it";

    private EnvironmentLabel Label => EnvironmentLabel.Of(_environment);

    /// <summary>Logs a requested refresh.</summary>
    public void Requested(string because) => Log.Requested(_logger, Label, because);

    /// <summary>Logs a successful fetch.</summary>
    /// <param name="elapsed">The duration of the fetch.</param>
    /// <param name="isMixed">True if its pages are of different versions.</param>
    public void Fetched(TimeSpan elapsed, bool isMixed)
    {
        if (isMixed)
        {
            Log.MixedPages(_logger, Label);
        }

        if (elapsed > _services.Options.ApiPollFrequency)
        {
            Log.SlowPages(_logger, Label, new LogDuration(elapsed), _services.Options.ApiPollFrequency.TotalSeconds);
        }
    }

    /// <summary>Records that the upstream answered.</summary>
    public void Succeeded()
    {
        _refusals.Reset();
        _rejected = null;
        _services.Trouble.Ended(_environment);
    }

    /// <summary>Logs a failed refresh.</summary>
    public void Failed(FetchFailure failure, Exception exception)
    {
        bool isLogged;
        switch (failure.Outcome)
        {
            case FetchOutcome.Refused:
                isLogged = TryTakeOwnEntry(_refusals);
                if (isLogged)
                {
                    Log.Refused(_logger, Label, failure, Consequence);
                }

                break;
            case FetchOutcome.Rejected:
                // A new reason is logged; the same one repeats at each poll.
                if (_rejected != failure.Message)
                {
                    _rejections.Reset();
                    _rejected = failure.Message;
                }

                isLogged = TryTakeOwnEntry(_rejections);
                if (isLogged)
                {
                    Log.Rejected(_logger, Label, failure, Consequence);
                }

                break;
            default:
                isLogged = failure.IsUnexpected;
                if (isLogged)
                {
                    Log.Unexpected(_logger, exception, Label);
                }

                break;
        }

        _services.Trouble.Failed(_environment, failure, isLogged);
    }

    private bool TryTakeOwnEntry(LogThrottle throttle)
    {
        if (!throttle.ShouldLog())
        {
            return false;
        }

        if (_services.Trouble.TryTakeOwnEntry())
        {
            return true;
        }

        throttle.Reset(); // its turn comes in another minute
        return false;
    }

    /// <summary>Logs that the upstream begins to return an older document.</summary>
    public void HeldBack(DocumentPosition position, DocumentPosition served) => Log.HeldBack(
        _logger, Label, position.Revision, position.UpdatedAt, served.Revision, served.UpdatedAt, _services.Options.RollbackConfirmations);

    /// <summary>Logs that the upstream no longer returns an older document, or that it was accepted.</summary>
    public void HoldEnded(bool isRollback) =>
        Log.HoldEnded(_logger, Label, isRollback ? "enough consecutive polls returned the older document; it is accepted as a rollback and served" : "the upstream no longer returns an older document");

    private static partial class Log
    {
        [LoggerMessage(EventIds.RefreshRequested, LogLevel.Debug, "Environment {Environment}: fetching now because {Because}")]
        public static partial void Requested(ILogger logger, EnvironmentLabel environment, string because);

        [LoggerMessage(EventIds.ServerSideKeyRejected, LogLevel.Error,
            "Environment {Environment}: the API rejected its server-side key: {Failure}; {Consequence}. Retrying. " + FailureAdvice.RejectedKey)]
        public static partial void Refused(ILogger logger, EnvironmentLabel environment, FetchFailure failure, string consequence);

        [LoggerMessage(EventIds.FetchSlowPages, LogLevel.Warning,
            "Environment {Environment}: fetching its document took {Duration}, longer than the poll interval of {Interval} s; changes take as long to arrive. Raise api_poll_frequency_seconds, or check why the API is slow")]
        public static partial void SlowPages(ILogger logger, EnvironmentLabel environment, LogDuration duration, double interval);

        [LoggerMessage(EventIds.FetchMixedPages, LogLevel.Warning,
            "Environment {Environment}: its document changed between its pages in every attempt; serving identity overrides of different versions until the next poll")]
        public static partial void MixedPages(ILogger logger, EnvironmentLabel environment);

        [LoggerMessage(EventIds.DocumentRejected, LogLevel.Error,
            "Environment {Environment}: the new document was rejected: {Failure}; {Consequence}. It is fetched again at each poll. " + FailureAdvice.RejectedDocument)]
        public static partial void Rejected(ILogger logger, EnvironmentLabel environment, FetchFailure failure, string consequence);

        [LoggerMessage(EventIds.PollFailed, LogLevel.Error, "Environment {Environment}: unexpected error while fetching its document; will retry")]
        public static partial void Unexpected(ILogger logger, Exception exception, EnvironmentLabel environment);

        [LoggerMessage(EventIds.DocumentHeldBack, LogLevel.Warning,
            "Environment {Environment}: the upstream returned a document older than the current one: {Revision} of {UpdatedAt:o}; still serving {ServedRevision} of {ServedUpdatedAt:o}. Check whether one of several upstreams lags behind. The older document is served after {Confirmations} consecutive polls without a newer one (upstream.rollback_confirmations)")]
        public static partial void HeldBack(
            ILogger logger, EnvironmentLabel environment, string revision, DateTimeOffset? updatedAt, string servedRevision, DateTimeOffset? servedUpdatedAt, int confirmations);

        [LoggerMessage(EventIds.DocumentHoldEnded, LogLevel.Information, "Environment {Environment}: no document is held back any more: {Reason}")]
        public static partial void HoldEnded(ILogger logger, EnvironmentLabel environment, string reason);
    }
}
