using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence.Analytics;

/// <content>Operations on files, and what is logged of them.</content>
internal sealed partial class FlagCountStore
{
    private long Try(FlagCountFiles files, CountFile entry, Func<FlagCountFiles, CountFile, long> operation)
    {
        try
        {
            lock (entry.InUse)
            {
                return operation(files, entry);
            }
        }
        catch (Exception exception)
        {
            // Catches everything: a disk that is full or missing affects only the next start.
            LogFailure(exception.Message);
            return 0;
        }
        finally
        {
            entry.Leave();
        }
    }

    private long Write(FlagCountFiles files, CountFile entry, IReadOnlyList<FlagCountBatch> owed)
    {
        var evaluations = owed.Sum(static batch => batch.Evaluations);
        try
        {
            var written = files.Write(entry.Name, owed);
            if (written < evaluations && _omissions.ShouldLog())
            {
                Log.TooMany(_logger, evaluations - written, Quantity.Of(evaluations, "evaluation"), FlagCountFiles.MaxContentBytes);
            }

            return written;
        }
        catch
        {
            // What is stored may have been delivered: better none than counted twice.
            Remove(files, entry);
            throw;
        }
    }

    private static void Remove(FlagCountFiles files, CountFile entry)
    {
        if (entry.Exists)
        {
            files.Remove(entry.Name);
            entry.Exists = false;
        }
    }

    private IReadOnlyList<LeftCounts> Find(FlagCountFiles files)
    {
        try
        {
            return files.FindOthers();
        }
        catch (Exception exception)
        {
            // Catches everything, as above.
            LogFailure(exception.Message);
            return [];
        }
    }

    private long Claim(FlagCountFiles files, CountFile entry, FlagCounts counts, LeftCounts left)
    {
        try
        {
            if (entry.Exists || _ignored.ContainsKey(left.Path) || files.Claim(left) is not { } batches)
            {
                return 0;
            }

            entry.Exists = true;
            counts.Restore(batches);
            return batches.Sum(static batch => batch.Evaluations);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or UnauthorizedAccessException)
        {
            if (_ignored.TryAdd(left.Path, true))
            {
                Log.Ignored(_logger, left.Path, exception.Message);
            }

            return 0;
        }
    }

    private void LogFailure(string reason)
    {
        if (_failures.ShouldLog())
        {
            Log.Failed(_logger, _path, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AnalyticsFileIgnored, LogLevel.Warning,
            "Analytics: the stored evaluations in {File} are ignored: {Reason}; the file stays there and may be deleted")]
        public static partial void Ignored(ILogger logger, string file, string reason);

        [LoggerMessage(EventIds.AnalyticsNotStored, LogLevel.Warning,
            "Analytics: evaluations that could not be sent cannot be stored in {Directory}: {Reason}; they are kept in memory and will not survive a restart. Logged at most once an hour")]
        public static partial void Failed(ILogger logger, string directory, string reason);

        [LoggerMessage(EventIds.AnalyticsTooMany, LogLevel.Warning,
            "Analytics: {Omitted} of {Evaluations} that could not be sent stay in memory only: a file has at most {Bytes} bytes. Logged at most once an hour")]
        public static partial void TooMany(ILogger logger, long omitted, string evaluations, int bytes);
    }
}
