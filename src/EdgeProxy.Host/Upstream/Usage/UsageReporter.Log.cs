using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Usage;

/// <content>Log messages.</content>
internal sealed partial class UsageReporter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageDropped, LogLevel.Error,
            "Usage: the upstream rejected a report with {Status}: {Rows} rows, which count {Requests} requests, are dropped. Check proxy_key and api_url")]
        public static partial void Dropped(ILogger logger, int status, int rows, long requests);

        [LoggerMessage(EventId = EventIds.UsageDelayed, Message = "Usage: a report of {Rows} rows, which count {Requests} requests, was not delivered: POST {Url}: {Reason}; the same report will be sent again")]
        public static partial void Delayed(ILogger logger, LogLevel level, int rows, long requests, string url, string reason);

        [LoggerMessage(EventIds.UsageRecovered, LogLevel.Information, "Usage: a report of {Rows} rows, which count {Requests} requests, was delivered after failed attempts")]
        public static partial void Recovered(ILogger logger, int rows, long requests);

        [LoggerMessage(EventIds.UsageUnreported, LogLevel.Error,
            "Usage: {Rows} rows, which count {Requests} requests, could not be reported before the shutdown and are lost")]
        public static partial void Unreported(ILogger logger, int rows, long requests);

        [LoggerMessage(EventIds.UsageUnexpected, LogLevel.Error,
            "Usage: unexpected error while reporting {Rows} rows, which count {Requests} requests; the same report will be sent again")]
        public static partial void Unexpected(ILogger logger, Exception exception, int rows, long requests);
    }
}
