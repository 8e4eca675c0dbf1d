using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Streams;

namespace EdgeProxy.Host.Server;

/// <summary>
/// All options (docs/spec/configuration.md 2), validated and complete. Only the composition uses them as a whole.
/// </summary>
internal sealed record ProxyOptions
{
    /// <summary>The definitions of the settings that belong to no component: the environments.</summary>
    public static readonly SettingGroup<ProxyOptions> Settings = new(
        new TypedSetting<ProxyOptions, IReadOnlyList<EnvironmentKeyPairOptions>>(
            "environment_key_pairs", new EnvironmentKeyPairsForm(), static o => o.EnvironmentKeyPairs, static (o, v) => o with { EnvironmentKeyPairs = v })
        {
            IsSecret = true,
            InitialValue = "[]",
            Meaning = "the environments to poll: a list of `{\"server_side_key\": \"ser.…\", \"client_side_key\": \"…\"}`. Required, unless `proxy_key` finds environments or `environment_documents` gives one",
        },
        new TypedSetting<ProxyOptions, IReadOnlyList<EnvironmentDocumentOptions>>(
            "environment_documents", new EnvironmentDocumentsForm(), static o => o.EnvironmentDocuments, static (o, v) => o with { EnvironmentDocuments = v })
        {
            Option = new SettingOption("--environment-document", "FILE", IsRepeatable: true),
            Meaning = "exported environment documents to serve from files: paths, or `{\"path\": \"…\", \"server_side_key\": \"ser.…\"}`; changes of the files are followed",
        });

    /// <summary>The environments to poll.</summary>
    public IReadOnlyList<EnvironmentKeyPairOptions> EnvironmentKeyPairs { get; init; } = [];

    /// <summary>The documents to serve from files.</summary>
    public IReadOnlyList<EnvironmentDocumentOptions> EnvironmentDocuments { get; init; } = [];

    /// <summary>Indicates whether the built-in demo environment is served too.</summary>
    public bool Demo { get; init; }

    /// <summary>Indicates whether documents are served that do not come from the API.</summary>
    public bool HasDocuments => Demo || EnvironmentDocuments.Count > 0;

    /// <summary>Indicates whether nothing but the demo environment is served.</summary>
    public bool IsOnlyDemo => this is { Demo: true, EnvironmentKeyPairs.Count: 0, EnvironmentDocuments.Count: 0, Upstream.ProxyKey: null };

    /// <summary>The options of the upstream.</summary>
    public UpstreamOptions Upstream { get; init; } = new();

    /// <summary>Limits of documents.</summary>
    public DocumentOptions Documents { get; init; } = new();

    /// <summary>The sample with which the effect of changes is measured, and the hold.</summary>
    public ChangeOptions Changes { get; init; } = new();

    /// <summary>The options of stored documents.</summary>
    public PersistenceOptions Persistence { get; init; } = new();

    /// <summary>The fleet that it is a member of.</summary>
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>Cross-origin requests.</summary>
    public CorsOptions Cors { get; init; } = new();

    /// <summary>The header with the revision of the document.</summary>
    public RevisionOptions Revision { get; init; } = new();

    /// <summary>The listener.</summary>
    public ServerOptions Server { get; init; } = new();

    /// <summary>TLS.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>Limits of connections and of the heads of requests.</summary>
    public ServerLimitOptions Limits { get; init; } = new();

    /// <summary>Limits of identity requests.</summary>
    public IdentityOptions Identities { get; init; } = new();

    /// <summary>Flag analytics.</summary>
    public AnalyticsOptions Analytics { get; init; } = new();

    /// <summary>OFREP.</summary>
    public OfrepOptions Ofrep { get; init; } = new();

    /// <summary>Experiment events.</summary>
    public EventsOptions Events { get; init; } = new();

    /// <summary>Trait forwarding.</summary>
    public TraitForwardingOptions Traits { get; init; } = new();

    /// <summary>Load shedding.</summary>
    public OverloadOptions Overload { get; init; } = new();

    /// <summary>The options of the shutdown.</summary>
    public ShutdownOptions Shutdown { get; init; } = new();

    /// <summary>The options for operators.</summary>
    public OperatorOptions Operators { get; init; } = new();

    /// <summary>The log.</summary>
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>The access log.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>Health.</summary>
    public HealthCheckOptions HealthCheck { get; init; } = new();

    /// <summary>Metrics.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>Real time.</summary>
    public RealtimeOptions Realtime { get; init; } = new();

    /// <summary>Event streams.</summary>
    public StreamOptions Streams { get; init; } = new();

    /// <summary>Streams that announce changes.</summary>
    public UpstreamStreamOptions UpstreamStreams { get; init; } = new();
}
