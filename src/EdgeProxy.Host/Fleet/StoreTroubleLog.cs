using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// Logs failures of the store: one entry when the first operation fails, and one when none fails any more, for all
/// environments together. Thread-safe.
/// </summary>
internal sealed partial class StoreTroubleLog
{
    private readonly string _address;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreTroubleLog> _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private DateTimeOffset? _since;
    private string? _problem;

    /// <param name="address">The store, without its password.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public StoreTroubleLog(string address, TimeProvider time, ILogger<StoreTroubleLog> logger)
    {
        _address = address;
        _time = time;
        _logger = logger;
    }

    /// <summary>The time when operations began to fail; null if none does.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            lock (_lock)
            {
                return _since;
            }
        }
    }

    /// <summary>The reason of the last failure; null if no operation fails.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _problem;
            }
        }
    }

    /// <summary>Records a failed operation.</summary>
    public void Failed(string scope, string problem)
    {
        lock (_lock)
        {
            _problem = problem;
            if (!_failing.Add(scope) || _failing.Count > 1)
            {
                return;
            }

            _since = _time.GetUtcNow();
        }

        Log.Away(_logger, _address, problem);
    }

    /// <summary>Records an operation that succeeded, or the end of its scope.</summary>
    public void Succeeded(string scope)
    {
        TimeSpan duration;
        lock (_lock)
        {
            if (!_failing.Remove(scope) || _failing.Count > 0)
            {
                return;
            }

            duration = _time.GetUtcNow() - _since!.Value;
            (_since, _problem) = (null, null);
        }

        Log.Back(_logger, _address, duration.TotalSeconds);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FleetStoreAway, LogLevel.Warning,
            "The fleet's store at {Address} cannot be used: {Reason}. This instance goes on by itself, polls the API, and keeps trying")]
        public static partial void Away(ILogger logger, string address, string reason);

        [LoggerMessage(EventIds.FleetStoreBack, LogLevel.Information, "The fleet's store at {Address} can be used again, after {Seconds:0.0} s")]
        public static partial void Back(ILogger logger, string address, double seconds);
    }
}
