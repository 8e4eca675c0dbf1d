using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// The log of all streams. A failure is logged once for each environment and cause, and all environments together no more
/// often than once a minute, as one outage of the service fails all streams. Polling goes on, so none is an error.
/// Thread-safe.
/// </summary>
internal sealed partial class StreamLog
{
    private readonly string _origin;
    private readonly ILogger<StreamLog> _logger;
    private readonly LogThrottle _throttle;
    private readonly Lock _lock = new();
    private readonly Dictionary<EnvironmentState, string> _failing = [];
    private readonly HashSet<EnvironmentState> _unlogged = [];
    private readonly HashSet<EnvironmentState> _opened = [];
    private readonly HashSet<EnvironmentState> _disabled = [];
    private bool _isAnnounced;

    public StreamLog(UpstreamStreamOptions options, TimeProvider time, ILogger<StreamLog> logger)
    {
        _origin = options.Url is { } url ? UpstreamUrl.Show(url).TrimEnd('/') : "";
        _logger = logger;
        _throttle = new LogThrottle(time);
    }

    /// <summary>Logs that an environment has no stream, because its project has real-time updates disabled: once.</summary>
    public void Disabled(EnvironmentState environment)
    {
        lock (_lock)
        {
            Forget_NeedsLock(environment);
            if (!_disabled.Add(environment))
            {
                return;
            }

            _opened.Remove(environment);
        }

        if (_logger.IsEnabled(LogLevel.Information))
        {
            var label = EnvironmentLabel.Of(environment);
            Log.Disabled(_logger, label);
        }
    }

    /// <summary>Logs that a stream is open: the first time, as streams end all the time.</summary>
    public void Opened(EnvironmentState environment)
    {
        Recovered(environment);
        var level = LogLevel.Debug;
        lock (_lock)
        {
            level = _opened.Add(environment) ? LogLevel.Information : level;
            _disabled.Remove(environment);
        }

        if (_logger.IsEnabled(level))
        {
            var label = EnvironmentLabel.Of(environment);
            Log.Opened(_logger, level, label, _origin);
        }
    }

    /// <summary>Logs the end of a stream, unless it was a proper one.</summary>
    public void Closed(EnvironmentState environment, UpstreamStreamEnd end)
    {
        if (end.Unexpected is { } exception)
        {
            Log.Unexpected(_logger, exception, EnvironmentLabel.Of(environment));
        }

        if (end.Message is { } message)
        {
            Failed(environment, message);
        }
    }

    /// <summary>Notes that an environment is no longer served.</summary>
    public void Ended(EnvironmentState environment)
    {
        lock (_lock)
        {
            Forget_NeedsLock(environment);
            _opened.Remove(environment);
            _disabled.Remove(environment);
        }
    }

    private void Failed(EnvironmentState environment, string message)
    {
        int others;
        lock (_lock)
        {
            if (!_failing.TryGetValue(environment, out var known) || known != message)
            {
                _failing[environment] = message;
                _unlogged.Add(environment);
            }

            if (_unlogged.Count == 0 || !_throttle.ShouldLog())
            {
                return;
            }

            _unlogged.Clear();
            _isAnnounced = true;
            others = _failing.Count - 1;
        }

        if (_logger.IsEnabled(LogLevel.Warning))
        {
            var label = EnvironmentLabel.Of(environment);
            Log.Failed(_logger, label, _origin, message, others == 0 ? "no other stream" : others == 1 ? "1 other stream" : $"{others} other streams");
        }
    }

    private void Recovered(EnvironmentState environment)
    {
        lock (_lock)
        {
            if (!Forget_NeedsLock(environment))
            {
                return;
            }
        }

        Log.Recovered(_logger, _origin);
    }

    /// <summary>Forgets the failure of an environment, if there is one.</summary>
    /// <returns>True if it was the last one, and failures were logged.</returns>
    private bool Forget_NeedsLock(EnvironmentState environment)
    {
        _unlogged.Remove(environment);
        if (!_failing.Remove(environment) || _failing.Count > 0 || !_isAnnounced)
        {
            return false;
        }

        _isAnnounced = false;
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.StreamOpened, Message = "Environment {Environment}: {Url} announces its changes")]
        public static partial void Opened(ILogger logger, LogLevel level, EnvironmentLabel environment, string url);

        [LoggerMessage(EventIds.StreamDisabled, LogLevel.Information,
            "Environment {Environment}: no stream is opened, because its project has real-time updates disabled; its changes wait for the next poll. Enable them in Flagsmith's project settings, or set realtime.ignore_project_setting")]
        public static partial void Disabled(ILogger logger, EnvironmentLabel environment);

        [LoggerMessage(EventIds.StreamFailed, LogLevel.Warning,
            "Environment {Environment}: the stream of changes failed: {Url} {Cause}; its changes wait for the next poll. Connecting again; {Others} failed as well")]
        public static partial void Failed(ILogger logger, EnvironmentLabel environment, string url, string cause, string others);

        [LoggerMessage(EventIds.StreamsRecovered, LogLevel.Information, "All streams of changes from {Url} are open again")]
        public static partial void Recovered(ILogger logger, string url);

        [LoggerMessage(EventIds.StreamUnexpected, LogLevel.Error, "Environment {Environment}: unexpected error in its stream of changes; will connect again")]
        public static partial void Unexpected(ILogger logger, Exception exception, EnvironmentLabel environment);
    }
}
