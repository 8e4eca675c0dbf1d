using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Traits;

/// <content>Failures of the store, and what is said of them.</content>
internal sealed partial class TraitMemory
{
    // One failure, or a store that is away altogether, is the business of others.
    private const int LoggedFailures = 3;

    private void NoteOutcome(string? problem)
    {
        if (problem is null)
        {
            (_failures, _failedAt) = (0, null);
            if (_isFailureLogged)
            {
                _isFailureLogged = false;
                Log.Remembered(_logger);
            }

            return;
        }

        _failures++;
        _failedAt = _time.GetTimestamp();
        if (_failures >= LoggedFailures && !_isFailureLogged && _fleet?.Store.AwaySince is null)
        {
            _isFailureLogged = true;
            Log.Forgotten(_logger, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FleetTraitsForgotten, LogLevel.Warning,
            "Trait forwarding: the fleet's store cannot look up or remember identities: {Reason}. This instance forwards identities that others may have forwarded already, and keeps trying. Check whether the user of the store may use all keys of the fleet's prefix, and commands GET, SET and DEL")]
        public static partial void Forgotten(ILogger logger, string reason);

        [LoggerMessage(EventIds.FleetTraitsRemembered, LogLevel.Information, "Trait forwarding: the fleet's store remembers identities again")]
        public static partial void Remembered(ILogger logger);

        [LoggerMessage(EventIds.FleetTraitsFailed, LogLevel.Error, "Trait forwarding: unexpected error while using the fleet's store; forwarding continues without it")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
