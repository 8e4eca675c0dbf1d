using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>Logs that requests are rejected, from the first one on: a long queue alone rejects none.</summary>
internal sealed partial class OverloadLog
{
    private readonly TimeSpan _maxDelay;
    private readonly ILogger _logger;
    private long _shedBefore;
    private bool _isSaid;

    /// <param name="maxDelay">The queue delay from which requests are rejected.</param>
    /// <param name="logger">The log.</param>
    public OverloadLog(TimeSpan maxDelay, ILogger logger)
    {
        _maxDelay = maxDelay;
        _logger = logger;
    }

    /// <summary>Takes the state of a moment.</summary>
    /// <param name="isOverloaded">Indicates whether requests may be rejected.</param>
    /// <param name="shed">The number of requests that were rejected since the start.</param>
    public void Note(bool isOverloaded, long shed)
    {
        if (!isOverloaded)
        {
            if (_isSaid)
            {
                Log.Over(_logger, Quantity.Of(shed - _shedBefore, "request"));
            }

            _isSaid = false;
            _shedBefore = shed;
        }
        else if (!_isSaid && shed > _shedBefore)
        {
            _isSaid = true;
            Log.Overloaded(_logger, _maxDelay.TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Overloaded, LogLevel.Warning, "Overloaded: requests queue for longer than {Milliseconds} ms; excess requests are rejected with 503")]
        public static partial void Overloaded(ILogger logger, double milliseconds);

        [LoggerMessage(EventIds.OverloadEnded, LogLevel.Information, "Load shedding ended; it rejected {Requests}")]
        public static partial void Over(ILogger logger, string requests);
    }
}
