using System.Collections.Concurrent;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>
/// Keeps counts that could not be sent in <c>snapshot_directory</c>, for the next start (docs/spec/analytics.md 2.4). Nothing
/// throws, and nothing waits for the disk longer than a limit. Without a directory it does nothing.
/// </summary>
internal sealed partial class FlagCountStore : IDisposable
{
    private static readonly TimeSpan DiskLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LogInterval = TimeSpan.FromHours(1);

    private readonly FlagCountFiles? _files;
    private readonly string _path;
    private readonly Uri _source;
    private readonly ILogger<FlagCountStore> _logger;
    private readonly DiskQueue _disk = new();
    private readonly ConcurrentDictionary<FlagCounts, CountFile> _entries = new();
    private readonly ConcurrentDictionary<string, bool> _ignored = new(StringComparer.Ordinal);
    private readonly LogThrottle _failures;
    private readonly LogThrottle _omissions;

    /// <param name="options">The directory.</param>
    /// <param name="source">The API that counts go to; counts for another are not taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public FlagCountStore(PersistenceOptions options, Uri source, TimeProvider time, ILogger<FlagCountStore> logger)
    {
        _path = options.SnapshotDirectory ?? "";
        _files = options.SnapshotDirectory is null ? null : new FlagCountFiles(_path, time);
        _source = source;
        _logger = logger;
        _failures = new LogThrottle(time, LogInterval);
        _omissions = new LogThrottle(time, LogInterval);
    }

    /// <summary>Indicates whether a directory is configured.</summary>
    public bool IsEnabled => _files is not null;

    /// <summary>The directory, for the log.</summary>
    public string ShownPath => _path;

    /// <summary>Indicates whether counts of an environment are stored, or are about to be.</summary>
    public bool Has(FlagCounts counts) => _entries.TryGetValue(counts, out var entry) && entry.Exists;

    /// <summary>Stores all counts of an environment that are not delivered, in place of those that are stored.</summary>
    /// <returns>The evaluations that are stored; 0 if that failed.</returns>
    public Task<long> SaveAsync(FlagCounts counts) => RunAsync(counts, (files, entry) =>
    {
        if (!entry.Exists && counts.Owed().Count == 0)
        {
            return 0;
        }

        // Before what is owed is read: what is delivered from here on must be taken out of the file.
        entry.Exists = true;
        if (counts.Owed() is { Count: > 0 } owed)
        {
            return Write(files, entry, owed);
        }

        Remove(files, entry);
        return 0;
    });

    /// <summary>Removes the stored counts of an environment: they are delivered.</summary>
    /// <param name="counts">The environment.</param>
    /// <param name="restorations"><see cref="FlagCounts.Restorations"/> before they were taken; if there were more since, the counts stay.</param>
    public Task ForgetAsync(FlagCounts counts, int restorations) => RunAsync(counts, (files, entry) =>
    {
        if (counts.Restorations == restorations)
        {
            Remove(files, entry);
        }

        return 0;
    });

    /// <summary>Takes over what instances that have ended left, as far as none is stored by this one, and adds it to the counts.</summary>
    /// <param name="environments">The environments.</param>
    /// <param name="cancellationToken">Ends it after the file that is being read.</param>
    /// <returns>The evaluations, by environment.</returns>
    public async Task<IReadOnlyList<(FlagCounts Counts, long Evaluations)>> ClaimAsync(IEnumerable<FlagCounts> environments, CancellationToken cancellationToken)
    {
        var claimed = new List<(FlagCounts Counts, long Evaluations)>();
        if (_files is null)
        {
            return claimed;
        }

        var left = await WithinLimitAsync(_disk.RunAsync(() => Find(_files)), []);
        if (left.Count > 0)
        {
            var entries = environments.ToDictionary(counts => EntryOf(counts).Name, StringComparer.Ordinal);
            foreach (var found in left)
            {
                if (!cancellationToken.IsCancellationRequested
                    && entries.TryGetValue(found.Name, out var counts)
                    && await RunAsync(counts, (files, entry) => Claim(files, entry, counts, found)) is > 0 and var evaluations)
                {
                    claimed.Add((counts, evaluations));
                }
            }
        }

        return claimed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disk.Dispose();
        _files?.Dispose();
    }

    private CountFile EntryOf(FlagCounts counts) => _entries.GetOrAdd(
        counts, static (counts, source) => new CountFile(StoredDocumentName.Of("flag-counts", source.AbsoluteUri.TrimEnd('/'), counts.ClientSideKey)), _source);

    /// <summary>Runs an operation on a thread that may block on the disk.</summary>
    private async Task<long> RunAsync(FlagCounts counts, Func<FlagCountFiles, CountFile, long> operation)
    {
        var entry = EntryOf(counts);
        if (_files is not { } files || !entry.TryEnter())
        {
            return 0;
        }

        return await WithinLimitAsync(_disk.RunAsync(() => Try(files, entry, operation)), 0);
    }

    private async Task<T> WithinLimitAsync<T>(Task<T> task, T otherwise)
    {
        try
        {
            // Disks have no other clock.
            return await task.WaitAsync(DiskLimit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            LogFailure($"the disk did not answer within {DiskLimit.TotalSeconds} s");
            return otherwise;
        }
    }
}
