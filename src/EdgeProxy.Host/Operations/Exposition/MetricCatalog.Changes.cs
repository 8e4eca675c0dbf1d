using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of announced changes, and of the streams that announce them.</content>
internal sealed partial class MetricCatalog
{
    private static readonly string[] SourceLabel = ["source"];

    private IEnumerable<MetricFamily> Changes() =>
    [
        new("edgeproxy_announced_changes_total", MetricKind.Counter,
            "changes of the environment that were announced, by `push` (queue-change), `webhook` or `stream` (those of one `realtime.fetch_jitter_seconds` as one)",
            [.. EnvironmentLabels, "source"],
            () => from environment in _registry.Environments
                  from source in Enum.GetValues<ChangeSource>()
                  select new MetricSample(environment.Metrics.AnnouncedChanges(source), [.. LabelsOf(environment), NameOf(source)])),
        new("edgeproxy_change_delay_seconds", MetricKind.Histogram,
            "time from the announcement of a change until it was served, in buckets from 10 ms to 60 s; only of changes that no poll had brought before", SourceLabel, CollectChangeDelays)
        {
            Bounds = ChangeDelays.Seconds,
            Subscribe = record => _server.ChangeDelays.Recorded = (source, seconds) => record(seconds, NameOf(source)),
        },
        PerEnvironment("edgeproxy_lagging_fetches_total", MetricKind.Counter, "fetches after which the served document was still older than the announced change",
            static environment => environment.Metrics.LaggingFetches),
        PerEnvironment("edgeproxy_version_held", MetricKind.Gauge, "1 while a version of the environment is held for an operator (`changes.hold_above_percent`) and the one before it is served, else 0",
            static environment => environment.Hold.Current is null ? 0 : 1),
        PerEnvironment("edgeproxy_held_versions_total", MetricKind.Counter, "versions of the environment that were held for an operator", static environment => environment.Metrics.HeldVersions),
        PerEnvironment("edgeproxy_sampled_identities", MetricKind.Gauge, "identities of the sample with which the effect of changes is measured; none without `changes.sample_identities`",
            static environment => environment.Sample?.Count),
        Single("edgeproxy_ignored_changes_total", MetricKind.Counter, "announced changes of environments that this proxy does not serve", () => _server.IgnoredChanges),
        PerEnvironment("edgeproxy_upstream_stream_open", MetricKind.Gauge, "1 while the stream of `realtime.url` is open, else 0; none for environments without one",
            static environment => environment.UpstreamStream is { } stream ? stream.Phase == UpstreamStreamPhase.Open ? 1 : 0 : null),
        new("edgeproxy_upstream_stream_events_total", MetricKind.Counter,
            "events of the stream, by what they were: `change`, `known` (served already) or `ignored` (of another kind, or with an unusable time)",
            [.. EnvironmentLabels, "outcome"],
            () => from environment in Streaming()
                  from outcome in Enum.GetValues<UpstreamStreamEventOutcome>()
                  select new MetricSample(environment.Metrics.UpstreamStream.Events(outcome), [.. LabelsOf(environment), NameOf(outcome)])),
        new("edgeproxy_upstream_stream_ends_total", MetricKind.Counter,
            "streams that ended or could not be opened, by cause: `ended` (properly, as streams do all the time), `silent`, `failed` (the connection), `too_long` (a line or an event), `no_stream` (another answer), `refused` (401, 403, 404), `dismissed` (204) or `status` (any other)",
            [.. EnvironmentLabels, "cause"],
            () => from environment in Streaming()
                  from cause in Enum.GetValues<UpstreamStreamEndCause>()
                  select new MetricSample(environment.Metrics.UpstreamStream.Ends(cause), [.. LabelsOf(environment), NameOf(cause)])),
    ];

    private IEnumerable<EnvironmentState> Streaming() => _registry.Environments.Where(static environment => environment.UpstreamStream is not null);

    private IEnumerable<MetricSample> CollectChangeDelays() => Enum.GetValues<ChangeSource>().SelectMany(source => HistogramOf(
        _server.ChangeDelays.SumOf(source), _server.ChangeDelays.BucketsOf(source), ChangeDelays.Seconds, NameOf(source)));

    private static string NameOf(ChangeSource source) => source switch
    {
        ChangeSource.Push => "push",
        ChangeSource.Webhook => "webhook",
        _ => "stream",
    };

    private static string NameOf(UpstreamStreamEventOutcome outcome) => outcome switch
    {
        UpstreamStreamEventOutcome.Change => "change",
        UpstreamStreamEventOutcome.Known => "known",
        _ => "ignored",
    };

    private static string NameOf(UpstreamStreamEndCause cause) => cause switch
    {
        UpstreamStreamEndCause.Ended => "ended",
        UpstreamStreamEndCause.Silent => "silent",
        UpstreamStreamEndCause.Failed => "failed",
        UpstreamStreamEndCause.TooLong => "too_long",
        UpstreamStreamEndCause.NoStream => "no_stream",
        UpstreamStreamEndCause.Refused => "refused",
        UpstreamStreamEndCause.Dismissed => "dismissed",
        _ => "status",
    };
}
