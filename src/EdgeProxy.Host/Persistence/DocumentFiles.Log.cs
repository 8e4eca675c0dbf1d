using System.Collections.Concurrent;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence;

/// <content>What it logs.</content>
internal sealed partial class DocumentFiles
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, long> _logged = new(StringComparer.Ordinal);

    /// <summary>Logs one of a kind an hour: a disk that is full would say so at every document.</summary>
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
        [LoggerMessage(EventIds.SnapshotDirectoryUnusable, LogLevel.Warning,
            "The snapshot directory {Directory} cannot be used: {Reason}; what is fetched will not outlive a restart")]
        public static partial void Unusable(ILogger logger, string directory, string reason);

        [LoggerMessage(EventIds.SnapshotDirectoryWritableByAnyone, LogLevel.Warning,
            "The snapshot directory {Directory} can be written by every user of this machine: who can write there can decide flags after a restart. It is used; take the permission away (chmod o-w), or use a directory below it that the proxy makes")]
        public static partial void WritableByAnyone(ILogger logger, string directory);

        [LoggerMessage(EventIds.SnapshotSkipped, LogLevel.Warning, "The snapshot {File} is skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, string file, string reason);

        [LoggerMessage(EventIds.SnapshotNotWritten, LogLevel.Warning,
            "A snapshot could not be kept in {Directory}: {Reason}; each document is another attempt; this is said once an hour at most")]
        public static partial void Failed(ILogger logger, string directory, string reason);

        [LoggerMessage(EventIds.SnapshotLeftoversRemoved, LogLevel.Information, "{Count} unfinished snapshots of a process that was killed were removed from {Directory}")]
        public static partial void LeftoversRemoved(ILogger logger, int count, string directory);
    }
}
