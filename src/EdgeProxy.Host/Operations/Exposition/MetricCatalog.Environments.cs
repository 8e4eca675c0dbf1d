using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of each environment.</content>
internal sealed partial class MetricCatalog
{
    /// <summary>The name of the counter of fetches.</summary>
    public const string FetchesName = "edgeproxy_fetches_total";

    private static readonly string[] EnvironmentLabels = ["environment", "environment_key"];

    private IEnumerable<MetricFamily> Documents() =>
    [
        PerEnvironment("edgeproxy_environment_loaded", MetricKind.Gauge, "1 once the environment is served, 0 before",
            static environment => environment.Current is null ? 0 : 1),
        PerEnvironment("edgeproxy_document_age_seconds", MetricKind.Gauge,
            "seconds since the environment's document was last fetched, or said to be unchanged, be it by an earlier process; none for documents from files", AgeOf),
        PerEnvironment("edgeproxy_document_updated_timestamp_seconds", MetricKind.Gauge, "when the document says it changed, in seconds since 1970",
            static environment => environment.Current?.Document.UpdatedAt is { } updated ? (updated - DateTimeOffset.UnixEpoch).TotalSeconds : null),
        PerEnvironment("edgeproxy_document_bytes", MetricKind.Gauge, "size of the environment's document, uncompressed",
            static environment => environment.Current?.Document.Body.Plain.Length),
        PerEnvironment("edgeproxy_features", MetricKind.Gauge, "features of the environment", static environment => environment.Current?.Snapshot.FeatureCount),
        PerEnvironment("edgeproxy_segments", MetricKind.Gauge, "segments of the environment", static environment => environment.Current?.Snapshot.SegmentCount),
        PerEnvironment("edgeproxy_identity_overrides", MetricKind.Gauge, "identities with overrides of their own",
            static environment => environment.Current?.Snapshot.IdentityOverrideCount),
        new("edgeproxy_environment_source", MetricKind.Gauge, "1 for where what is served came from: `upstream`, `store` (the fleet's), `disk` (the snapshot directory) or `file`",
            [.. EnvironmentLabels, "source"],
            () => from environment in _registry.Environments
                  let origin = environment.Freshness.Origin
                  where origin is not null
                  select new MetricSample(1, [.. LabelsOf(environment), DocumentOrigins.NameOf(origin.Value)])),
        PerEnvironment("edgeproxy_document_rejected", MetricKind.Gauge, "1 while the latest document is rejected and the previous one is served, else 0",
            static environment => environment.Freshness.Rejected is null ? 0 : 1),
        PerEnvironment("edgeproxy_document_held_back", MetricKind.Gauge, "1 while the upstream gives a document that is older than the served one, which stays, else 0",
            static environment => environment.Freshness.HeldBack is null ? 0 : 1),
        PerEnvironment("edgeproxy_rejected_documents_total", MetricKind.Counter, "documents that were rejected; the same one again each time it is fetched",
            static environment => environment.Metrics.RejectedDocuments),
        PerEnvironment("edgeproxy_environment_updates_total", MetricKind.Counter, "published versions of the environment",
            static environment => environment.Metrics.Updates),
        new("edgeproxy_compile_seconds", MetricKind.Summary, "time that checking and compiling the environment's documents took", EnvironmentLabels,
            () => _registry.Environments.SelectMany(static environment => new MetricSample[]
            {
                new(environment.Metrics.CompileTime.TotalSeconds, LabelsOf(environment)) { Suffix = "_sum" },
                new(environment.Metrics.Compilations, LabelsOf(environment)) { Suffix = "_count" },
            })),
    ];

    private IEnumerable<MetricFamily> Upstream() =>
    [
        new(FetchesName, MetricKind.Counter,
            "attempts to fetch the environment's document, by what came of it: `updated`, `unchanged`, `failed` (no document), `refused` (the key), `rejected` (the document), `held_back` (an older document, which is not served) or `held` (a version that waits for an operator)",
            [.. EnvironmentLabels, "outcome"],
            () => from environment in _registry.Environments
                  where !environment.IsOffline
                  from outcome in Enum.GetValues<FetchOutcome>()
                  select new MetricSample(environment.Metrics.Fetches(outcome), [.. LabelsOf(environment), NameOf(outcome)])),
        PerEnvironment("edgeproxy_consecutive_fetch_failures", MetricKind.Gauge, "failed fetches since the last success",
            static environment => environment.IsOffline ? null : environment.Freshness.Failures),
    ];

    private MetricFamily PerEnvironment(string name, MetricKind kind, string help, Func<EnvironmentState, double?> read) => new(
        name, kind, help, EnvironmentLabels,
        () => from environment in _registry.Environments
              let value = read(environment)
              where value is not null
              select new MetricSample(value.Value, LabelsOf(environment)));

    /// <summary>Calculates the age with the monotonic clock, unless another process fetched the document.</summary>
    private double? AgeOf(EnvironmentState environment) => environment.Freshness switch
    {
        { Fetched: { } fetched, Origin: DocumentOrigin.Disk or DocumentOrigin.Store } => Math.Max(0, (_time.GetUtcNow() - fetched).TotalSeconds),
        { Fetched: not null, Origin: DocumentOrigin.Upstream } freshness => _time.GetElapsedTime(freshness.FetchedTimestamp).TotalSeconds,
        _ => null,
    };

    private static string NameOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Updated => "updated",
        FetchOutcome.Unchanged => "unchanged",
        FetchOutcome.Failed => "failed",
        FetchOutcome.Refused => "refused",
        FetchOutcome.HeldBack => "held_back",
        FetchOutcome.Held => "held",
        _ => "rejected",
    };
}
