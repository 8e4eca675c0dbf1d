using System.Collections.Concurrent;

namespace EdgeProxy.Host.Analytics;

/// <summary>The counts of all environments, also of those that are gone.</summary>
internal sealed class FlagCountsLedger
{
    private readonly ConcurrentDictionary<string, FlagCounts> _environments = new(StringComparer.Ordinal);
    private readonly Func<string, FlagCounts> _create;
    private TaskCompletionSource _counted = NewSource();
    private int _isCounted;

    public FlagCountsLedger(AnalyticsOptions options, AnalyticsMetrics metrics, TimeProvider time)
    {
        _create = key => new FlagCounts(key, options.MaxLabels, metrics, time);
    }

    /// <summary>Indicates whether the upstream takes evaluations by identity and state.</summary>
    public bool ForwardsEvaluations { get; init; } = true;

    /// <summary>The counts of all environments that had any.</summary>
    public IEnumerable<FlagCounts> All => _environments.Select(static environment => environment.Value);

    /// <summary>The evaluations that wait.</summary>
    public long Waiting => All.Sum(static counts => counts.Waiting);

    /// <summary>Completes when something was counted; another one after each <see cref="Rearm"/>.</summary>
    public Task Counted => Volatile.Read(ref _counted).Task;

    /// <summary>The counts of an environment; null if there never were any.</summary>
    public FlagCounts? Find(string clientSideKey) => _environments.GetValueOrDefault(clientSideKey);

    /// <summary>The counts of an environment.</summary>
    public FlagCounts Of(string clientSideKey) => _environments.GetOrAdd(clientSideKey, _create);

    /// <summary>Notes that something was counted.</summary>
    public void NoteCounted()
    {
        if (Volatile.Read(ref _isCounted) == 0 && Interlocked.Exchange(ref _isCounted, 1) == 0)
        {
            Volatile.Read(ref _counted).TrySetResult();
        }
    }

    /// <summary>Begins to wait for the next count.</summary>
    public void Rearm()
    {
        Volatile.Write(ref _counted, NewSource());
        Volatile.Write(ref _isCounted, 0);
    }

    // The thread that counts must not run the flush.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
