using System.Collections.Concurrent;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <content>Log messages.</content>
internal sealed partial class DocumentFiles
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, long> _logged = new(StringComparer.Ordinal);

    /// <summary>Limits each kind of message to one an hour: a full disk would cause one for every document.</summary>
    private void LogRarely(Exception exception, string? path, Action log)
    {
        var now = _time.GetTimestamp();
        var kind = $"{exception.GetType().Name} {exception.HResult} {path}";
        var isNew = _logged.TryAdd(kind, now);
        if (isNew || (_logged[kind] is var last && _time.GetElapsedTime(last, now) >= LogInterval && _logged.TryUpdate(kind, now, last)))
        {
            log();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoreDirectoryUnusable, LogLevel.Warning,
            "The snapshot directory {Directory} cannot be used: {Reason}; documents are not stored and will not survive a restart")]
        public static partial void Unusable(ILogger logger, string directory, string reason);

        [LoggerMessage(EventIds.StoreDirectoryWritableByAnyone, LogLevel.Warning,
            "The snapshot directory {Directory} is writable by every user of this machine, who can change flags in this way after a restart. It is used all the same; remove the permission (chmod o-w), or configure a subdirectory that the proxy creates")]
        public static partial void WritableByAnyone(ILogger logger, string directory);

        [LoggerMessage(EventIds.StoredDocumentIgnored, LogLevel.Warning, "Stored document {File} is ignored: {Reason}")]
        public static partial void Skipped(ILogger logger, string file, string reason);

        [LoggerMessage(EventIds.DocumentNotStored, LogLevel.Warning,
            "A document could not be stored in {Directory}: {Reason}; retried with the next document. Logged at most once an hour")]
        public static partial void Failed(ILogger logger, string directory, string reason);

        [LoggerMessage(EventIds.StoreLeftoversRemoved, LogLevel.Information, "Removed {Files} of a killed process from {Directory}")]
        public static partial void LeftoversRemoved(ILogger logger, string files, string directory);
    }
}
