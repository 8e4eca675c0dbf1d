using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of the fleet; none without a store.</content>
internal sealed partial class MetricCatalog
{
    private IEnumerable<MetricFamily> Fleet() =>
    [
        OfFleet("edgeproxy_fleet_members", MetricKind.Gauge, "members of the fleet, this one included", static fleet => fleet.Shares.Pulse.Members),
        OfFleet("edgeproxy_fleet_leases", MetricKind.Gauge, "environments whose lease this member holds, and which it polls for the fleet", static fleet => fleet.Shares.Held),
        OfFleet("edgeproxy_fleet_store_available", MetricKind.Gauge, "1 while the fleet's store can be used, 0 while operations fail", static fleet => fleet.Store.AwaySince is null ? 1 : 0),
        new("edgeproxy_fleet_skew_seconds", MetricKind.Gauge,
            "how much later the store's document of the environment changed than the one that is served; 0 if that is the latest", EnvironmentLabels,
            () => _fleet is null ? [] :
                from environment in _registry.Environments
                let part = _fleet.Find(environment)
                where part is not null
                select new MetricSample(part.Skew.TotalSeconds, LabelsOf(environment))),
        new("edgeproxy_fleet_store_operations_total", MetricKind.Counter, "operations of the fleet's store, by `success` or `failure`",
            ["operation", "result"],
            () => _fleet is null ? [] : Enum.GetValues<StoreOperation>().SelectMany(operation => new MetricSample[]
            {
                new(_fleet.Store.Metrics.Succeeded(operation), NameOf(operation), "success"),
                new(_fleet.Store.Metrics.Failed(operation), NameOf(operation), "failure"),
            })),
        new("edgeproxy_fleet_store_operation_seconds", MetricKind.Summary, "time that operations of the fleet's store took, failed ones included", ["operation"],
            () => _fleet is null ? [] : Enum.GetValues<StoreOperation>().SelectMany(operation => new MetricSample[]
            {
                new(_fleet.Store.Metrics.Duration(operation).TotalSeconds, NameOf(operation)) { Suffix = "_sum" },
                new(_fleet.Store.Metrics.Succeeded(operation) + _fleet.Store.Metrics.Failed(operation), NameOf(operation)) { Suffix = "_count" },
            })),
        new("edgeproxy_fleet_refused_documents_total", MetricKind.Counter,
            "documents of the fleet's store that were not served: `sealed` (could not be decrypted), `rejected` (not a valid document) or `held_back` (not later than the served one)",
            ["reason"],
            () => _fleet is null ? [] : Enum.GetValues<PayloadRefusal>().Select(reason => new MetricSample(_fleet.Store.Metrics.Refusals(reason), NameOf(reason)))),
    ];

    private MetricFamily OfFleet(string name, MetricKind kind, string help, Func<FleetContext, double> read) =>
        new(name, kind, help, None, () => _fleet is null ? [] : [new MetricSample(read(_fleet))]);

    private static string NameOf(StoreOperation operation) => operation switch
    {
        StoreOperation.Look => "look",
        StoreOperation.Read => "read",
        StoreOperation.Write => "write",
        StoreOperation.Report => "report",
        StoreOperation.Release => "release",
        StoreOperation.Beat => "beat",
        StoreOperation.Recall => "recall",
        StoreOperation.Remember => "remember",
        _ => "members",
    };

    private static string NameOf(PayloadRefusal reason) => reason switch
    {
        PayloadRefusal.Sealed => "sealed",
        PayloadRefusal.Rejected => "rejected",
        _ => "held_back",
    };
}
