using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream.Traits;

/// <content>Log messages: without identifiers, keys and values of traits.</content>
internal sealed partial class TraitForwarder
{
    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.TraitsDelayed, Message = "Trait forwarding: POST {Url} for the environment {Environment}: {Reason}; the identity is kept and will be sent again. {Waiting} identities wait")]
        public static partial void Delayed(ILogger logger, LogLevel level, string url, EnvironmentLabel environment, string reason, int waiting);

        [LoggerMessage(EventIds.TraitsRecovered, LogLevel.Information, "Trait forwarding: identities are accepted again after failed attempts; {Waiting} identities wait")]
        public static partial void Recovered(ILogger logger, int waiting);

        [LoggerMessage(EventIds.TraitsRefused, LogLevel.Error,
            "Trait forwarding: POST {Url} returned HTTP {Status}: the API refuses a key of the environment {Environment}; nothing of this environment is forwarded for {Minutes} minutes. Check the keys that the SDKs use, and api_url")]
        public static partial void Refused(ILogger logger, string url, int status, EnvironmentLabel environment, double minutes);

        [LoggerMessage(EventIds.TraitsRejected, LogLevel.Warning,
            "Trait forwarding: POST {Url} for the environment {Environment} returned HTTP {Status}; {Rejected} identities were rejected and dropped since the start. Check api_url")]
        public static partial void Rejected(ILogger logger, string url, EnvironmentLabel environment, int status, long rejected);

        [LoggerMessage(EventIds.TraitsDropped, LogLevel.Warning,
            "Trait forwarding: {Dropped} identities were dropped since the last such message: more arrive than are sent. {Waiting} identities wait. Raise trait_forwarding.max_per_second or trait_forwarding.queue_size, or check whether the API answers")]
        public static partial void Dropped(ILogger logger, long dropped, int waiting);

        [LoggerMessage(EventIds.TraitsUnsent, LogLevel.Warning, "Trait forwarding: {Identities} identities could not be sent before the end and are lost")]
        public static partial void Unsent(ILogger logger, int identities);

        [LoggerMessage(EventIds.TraitsUnexpected, LogLevel.Error, "Trait forwarding: unexpected error; forwarding continues")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
