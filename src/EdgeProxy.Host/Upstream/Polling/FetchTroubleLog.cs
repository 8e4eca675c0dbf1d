using System.Globalization;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>
/// Logs failed fetches of all environments together: an entry at the first failure, a summary a minute while any fails, and
/// an entry when all succeed again, however many environments fail. Each single failure is logged at debug level.
/// Thread-safe.
/// </summary>
internal sealed partial class FetchTroubleLog
{
    /// <summary>The time between two summaries.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ILogger<FetchTroubleLog> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<EnvironmentState, string> _failing = [];
    private long? _logged;
    private long _started;
    private long _attempts;
    private bool _isAnnounced;

    public FetchTroubleLog(TimeProvider time, ILogger<FetchTroubleLog> logger)
    {
        _time = time;
        _logger = logger;
    }

    /// <summary>Records a failed fetch.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="isLogged">True if it is logged already, because an operator must act.</param>
    public void Failed(EnvironmentState environment, FetchFailure failure, bool isLogged)
    {
        string? summary = null;
        var level = LogLevel.Debug;
        lock (_lock)
        {
            if (_failing.Count == 0)
            {
                (_started, _attempts) = (_time.GetTimestamp(), 0);
            }

            _failing[environment] = failure.Summary;
            _attempts++;
            if (isLogged || !ShouldLog_NeedsLock())
            {
                _isAnnounced |= isLogged;
            }
            else
            {
                _logged = _time.GetTimestamp();
                summary = _isAnnounced ? FetchTroubleSummary.Of(_failing, _time) : null;
                level = _isAnnounced ? LogLevel.Debug : LogLevel.Warning;
                _isAnnounced = true;
            }
        }

        if (!isLogged && _logger.IsEnabled(level))
        {
            var (label, consequence) = (EnvironmentLabel.Of(environment), Consequence(environment));
            Log.Failed(_logger, level, label, failure, consequence);
        }

        if (summary is not null)
        {
            Log.Summary(_logger, summary);
        }
    }

    /// <summary>Records that an environment is fetched again, or is no longer served.</summary>
    public void Ended(EnvironmentState environment)
    {
        long attempts;
        TimeSpan duration;
        lock (_lock)
        {
            if (!_failing.Remove(environment) || _failing.Count > 0 || !_isAnnounced)
            {
                return;
            }

            _isAnnounced = false;
            (attempts, duration) = (_attempts, _time.GetElapsedTime(_started));
        }

        Log.Recovered(_logger, ShortTime.Of(duration), Quantity.Of(attempts, "failed attempt"));
    }

    /// <summary>Failures that come and go are logged no more often than lasting ones.</summary>
    private bool ShouldLog_NeedsLock() => _logged is not { } last || _time.GetElapsedTime(last) >= Interval;

    private string Consequence(EnvironmentState environment) => environment.Freshness switch
    {
        _ when environment.Current is null => "nothing is loaded yet, requests with its keys get 503",
        { Origin: DocumentOrigin.Disk, Fetched: { } fetched } => string.Create(
            CultureInfo.InvariantCulture, $"still serving the document that an earlier process fetched at {fetched:u}"),
        { Fetched: not null } freshness => $"still serving the document that was fetched or confirmed {ShortTime.Of(_time.GetElapsedTime(freshness.FetchedTimestamp))} ago",
        _ => "still serving the document that is loaded",
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.FetchFailed, Message = "Environment {Environment} was not updated: {Failure}; {Consequence}. Retrying; a summary follows once a minute while it fails")]
        public static partial void Failed(ILogger logger, LogLevel level, EnvironmentLabel environment, FetchFailure failure, string consequence);

        [LoggerMessage(EventIds.FetchTroubleSummary, LogLevel.Warning, "{Summary}")]
        public static partial void Summary(ILogger logger, string summary);

        [LoggerMessage(EventIds.FetchRecovered, LogLevel.Information, "All environments are updated again after {Duration} and {Attempts}")]
        public static partial void Recovered(ILogger logger, string duration, string attempts);
    }
}
