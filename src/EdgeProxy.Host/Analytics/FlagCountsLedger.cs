using System.Collections.Concurrent;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Analytics;

/// <summary>The counts of all environments, also of those that are gone.</summary>
internal sealed class FlagCountsLedger
{
    private readonly ConcurrentDictionary<string, FlagCounts> _environments = new(StringComparer.Ordinal);
    private readonly Func<string, FlagCounts> _create;

    public FlagCountsLedger(AnalyticsOptions options, AnalyticsMetrics metrics, TimeProvider time)
    {
        _create = key => new FlagCounts(key, options.MaxLabels, metrics, time);
    }

    /// <summary>Indicates whether the upstream takes evaluations by identity and state.</summary>
    public bool ForwardsEvaluations { get; init; } = true;

    /// <summary>The counts of all environments that were asked for.</summary>
    public IEnumerable<FlagCounts> All => _environments.Select(static environment => environment.Value);

    /// <summary>The evaluations that wait.</summary>
    public long Waiting => All.Sum(static counts => counts.Waiting);

    /// <summary>Requested when something was counted.</summary>
    public WakeUp Counted { get; } = new();

    /// <summary>The counts of an environment; null if they were never asked for.</summary>
    public FlagCounts? Find(string clientSideKey) => _environments.GetValueOrDefault(clientSideKey);

    /// <summary>The counts of an environment.</summary>
    public FlagCounts Of(string clientSideKey) => _environments.GetOrAdd(clientSideKey, _create);
}
