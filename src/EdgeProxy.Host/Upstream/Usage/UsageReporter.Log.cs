using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Usage;

/// <content>Log messages.</content>
internal sealed partial class UsageReporter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageDropped, LogLevel.Error,
            "Usage: the upstream rejected {Report} with {Status}; it is dropped. Check proxy_key and api_url")]
        public static partial void Dropped(ILogger logger, string report, int status);

        [LoggerMessage(EventId = EventIds.UsageDelayed, Message = "Usage: {Report} was not delivered: POST {Url}: {Reason}; the same report will be sent again")]
        public static partial void Delayed(ILogger logger, LogLevel level, string report, string url, string reason);

        [LoggerMessage(EventIds.UsageRecovered, LogLevel.Information, "Usage: {Report} was delivered after failed attempts")]
        public static partial void Recovered(ILogger logger, string report);

        [LoggerMessage(EventIds.UsageUnreported, LogLevel.Error,
            "Usage: {Report} could not be delivered before the shutdown and is lost")]
        public static partial void Unreported(ILogger logger, string report);

        [LoggerMessage(EventIds.UsageUnexpected, LogLevel.Error,
            "Usage: unexpected error while sending {Report}; the same report will be sent again")]
        public static partial void Unexpected(ILogger logger, Exception exception, string report);
    }
}
