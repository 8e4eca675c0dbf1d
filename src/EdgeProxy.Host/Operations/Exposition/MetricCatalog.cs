using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>
/// The catalog of all metrics (metrics.md). The number of series is up to the operator: labels come from environments,
/// endpoints and statuses, never from anything a client sends.
/// </summary>
internal sealed partial class MetricCatalog
{
    private static readonly string[] None = [];

    private readonly EnvironmentRegistry _registry;
    private readonly ServerMetrics _server;
    private readonly ConnectionCount _connections;
    private readonly HealthMonitor _health;
    private readonly FlagCountsLedger _flagCounts;
    private readonly AnalyticsMetrics _analytics;
    private readonly AnalyticsOptions _analyticsOptions;
    private readonly EventMetrics _events;
    private readonly TraitQueue _traits;
    private readonly TraitMetrics _traitMetrics;
    private readonly TimeSpan _pollInterval;
    private readonly TimeProvider _time;
    private readonly ServerCertificate? _certificate;
    private readonly FleetContext? _fleet;

    /// <param name="registry">The environments.</param>
    /// <param name="server">The counters of the server.</param>
    /// <param name="connections">The client connections.</param>
    /// <param name="health">The readiness of the proxy.</param>
    /// <param name="flagCounts">The counts of SDKs that wait.</param>
    /// <param name="analytics">The counters of flag analytics.</param>
    /// <param name="analyticsOptions">The options of flag analytics.</param>
    /// <param name="events">The counters of experiment events.</param>
    /// <param name="traits">The identities that wait to be forwarded.</param>
    /// <param name="traitMetrics">The counters of trait forwarding.</param>
    /// <param name="pollInterval">The interval between two polls of an environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="certificate">The certificate; null without TLS.</param>
    /// <param name="fleet">The fleet; null without a store.</param>
    public MetricCatalog(
        EnvironmentRegistry registry,
        ServerMetrics server,
        ConnectionCount connections,
        HealthMonitor health,
        FlagCountsLedger flagCounts,
        AnalyticsMetrics analytics,
        AnalyticsOptions analyticsOptions,
        EventMetrics events,
        TraitQueue traits,
        TraitMetrics traitMetrics,
        TimeSpan pollInterval,
        TimeProvider time,
        ServerCertificate? certificate = null,
        FleetContext? fleet = null)
    {
        _registry = registry;
        _server = server;
        _connections = connections;
        _health = health;
        _flagCounts = flagCounts;
        _analytics = analytics;
        _analyticsOptions = analyticsOptions;
        _events = events;
        _traits = traits;
        _traitMetrics = traitMetrics;
        _pollInterval = pollInterval;
        _time = time;
        _certificate = certificate;
        _fleet = fleet;
        All = [.. Requests(), .. Server(), .. Streams(), .. Documents(), .. Upstream(), .. Fleet(), .. Changes(), .. Analytics(), .. Events(), .. Traits(), .. ProcessMetrics.All(), .. RuntimeMetrics.All()];
    }

    /// <summary>All metrics, in the order of the documentation.</summary>
    public IReadOnlyList<MetricFamily> All { get; }

    /// <summary>The labels of an environment: its name once it is loaded, and its unique id.</summary>
    private static string[] LabelsOf(EnvironmentState environment) => [environment.Current?.Snapshot.Name ?? "", environment.Metrics.Key];

    private static MetricFamily Single(string name, MetricKind kind, string help, Func<double> read) =>
        new(name, kind, help, None, () => [new MetricSample(read())]);

    private IEnumerable<MetricFamily> Server() =>
    [
        Single("edgeproxy_shed_requests_total", MetricKind.Counter, "requests rejected with 503 under overload", () => _server.ShedRequests),
        Single("edgeproxy_connections", MetricKind.Gauge, "open connections of clients", () => _connections.Open),
        Single("edgeproxy_ready", MetricKind.Gauge, "1 while readiness says 200, 0 while it says 503", () => _health.Report().Reason is null ? 1 : 0),
        Single("edgeproxy_environments", MetricKind.Gauge, "environments that there are, loaded or not", () => _registry.Environments.Count),
        Single("edgeproxy_poll_interval_seconds", MetricKind.Gauge, "`api_poll_frequency_seconds`, to compare ages with; `realtime.poll_interval_seconds` while it applies to any environment",
            () => _registry.Environments.Select(static environment => environment.UpstreamStream?.PollInterval).Append(_pollInterval).Max()!.Value.TotalSeconds),
        new("edgeproxy_tls_certificate_expiry_timestamp_seconds", MetricKind.Gauge, "when the certificate expires, in seconds since 1970; only with `server.tls`", None,
            () => _certificate is null ? [] : [new MetricSample((_certificate.ValidUntil - DateTimeOffset.UnixEpoch).TotalSeconds)]),
        new("edgeproxy_build_info", MetricKind.Gauge, "1; the version is its label", ["version"], static () => [new MetricSample(1, ProgramVersion.Text)]),
    ];
}
