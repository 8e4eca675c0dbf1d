using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <content>Log messages.</content>
internal sealed partial class FlagAnalyticsReporter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.AnalyticsRejected, LogLevel.Warning,
            "Analytics: POST {Url} for the environment {Environment} returned HTTP {Status}: {Evaluations} dropped, as will be others that are rejected; check api_url, or set analytics.enabled to false if the API takes no analytics")]
        public static partial void Rejected(ILogger logger, string url, EnvironmentLabel environment, int status, string evaluations);

        [LoggerMessage(EventId = EventIds.AnalyticsDelayed, Message = "Analytics: POST {Url} for the environment {Environment}: {Reason}; {Evaluations} kept, to be sent again")]
        public static partial void Delayed(ILogger logger, LogLevel level, string url, EnvironmentLabel environment, string reason, string evaluations);

        [LoggerMessage(EventIds.AnalyticsRecovered, LogLevel.Information, "Analytics: the evaluations of the environment {Environment} that were kept after failed attempts are sent")]
        public static partial void Recovered(ILogger logger, EnvironmentLabel environment);

        [LoggerMessage(EventIds.AnalyticsUnsent, LogLevel.Warning, "Analytics: {Evaluations} not sent before the end, and lost")]
        public static partial void Unsent(ILogger logger, string evaluations);

        [LoggerMessage(EventIds.AnalyticsUnexpected, LogLevel.Error, "Analytics: unexpected error while sending the evaluations of the environment {Environment}; will retry")]
        public static partial void Unexpected(ILogger logger, Exception exception, EnvironmentLabel environment);
    }
}
