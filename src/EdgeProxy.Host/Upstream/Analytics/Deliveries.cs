using System.Collections.Concurrent;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>The deliveries of all environments that have, or had, counts.</summary>
internal sealed class Deliveries
{
    private readonly FlagCountsLedger _ledger;
    private readonly EnvironmentRegistry _registry;
    private readonly Func<FlagCounts, EnvironmentDelivery> _create;
    private readonly ConcurrentDictionary<FlagCounts, EnvironmentDelivery> _deliveries = new();

    public Deliveries(FlagCountsLedger ledger, EnvironmentRegistry registry, TimeProvider time)
    {
        _ledger = ledger;
        _registry = registry;
        _create = counts => new EnvironmentDelivery(counts, time);
    }

    /// <summary>The delivery of each environment in the ledger.</summary>
    public IReadOnlyList<EnvironmentDelivery> All => [.. _ledger.All.Select(Of)];

    /// <summary>The counts of the environments that are served and have an upstream.</summary>
    public IEnumerable<FlagCounts> Served =>
        _registry.Environments.Where(static environment => !environment.IsOffline).Select(environment => _ledger.Of(environment.ClientSideKey));

    /// <summary>The delivery of an environment.</summary>
    public EnvironmentDelivery Of(FlagCounts counts) => _deliveries.GetOrAdd(counts, _create);

    /// <summary>The environment in messages.</summary>
    public EnvironmentLabel LabelOf(FlagCounts counts) => EnvironmentLabel.Of(_registry, counts.ClientSideKey);

    /// <summary>The environments that are served, by client-side key.</summary>
    public IReadOnlyDictionary<string, EnvironmentState> Environments() =>
        _registry.Environments.ToDictionary(static environment => environment.ClientSideKey, StringComparer.Ordinal);
}
