using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Usage;

/// <content>What it says.</content>
internal sealed partial class UsageReporter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageDropped, LogLevel.Error,
            "Usage: the upstream rejected a report with {Status}: {Rows} rows ({Requests} requests) are dropped; check proxy_key and api_url")]
        public static partial void Dropped(ILogger logger, int status, int rows, long requests);

        [LoggerMessage(EventId = EventIds.UsageDelayed, Message = "Usage: {Rows} rows about {Requests} requests were not reported: POST {Url}: {Reason}; the same report is sent again")]
        public static partial void Delayed(ILogger logger, LogLevel level, int rows, long requests, string url, string reason);

        [LoggerMessage(EventIds.UsageRecovered, LogLevel.Information, "Usage: {Rows} rows ({Requests} requests) were reported after failed attempts")]
        public static partial void Recovered(ILogger logger, int rows, long requests);

        [LoggerMessage(EventIds.UsageUnreported, LogLevel.Error,
            "Usage: {Rows} rows ({Requests} requests) could not be reported before the end")]
        public static partial void Unreported(ILogger logger, int rows, long requests);

        [LoggerMessage(EventIds.UsageUnexpected, LogLevel.Error,
            "Usage report: sending {Rows} rows ({Requests} requests) failed with an unexpected error; will retry with the same rows")]
        public static partial void Unexpected(ILogger logger, Exception exception, int rows, long requests);
    }
}
