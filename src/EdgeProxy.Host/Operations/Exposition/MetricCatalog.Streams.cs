using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of event streams.</content>
internal sealed partial class MetricCatalog
{
    private IEnumerable<MetricFamily> Streams() =>
    [
        PerKind("edgeproxy_streams", MetricKind.Gauge, "open event streams of the environment, by kind: `realtime` (Flagsmith's) or `ofrep`",
            static (counts, kind) => counts.Open(kind)),
        PerKind("edgeproxy_stream_events_total", MetricKind.Counter, "events written to streams of the environment, comments not counted",
            static (counts, kind) => counts.Events(kind)),
        new("edgeproxy_streams_ended_total", MetricKind.Counter,
            "event streams that ended: at their maximum `age`, by the `client`, because the client was `slow` to read, in a `drain` (shutdown), because the environment was `removed`, or because a write `failed`",
            ["reason"],
            () => Enum.GetValues<StreamEnd>().Select(reason => new MetricSample(_server.StreamsEnded(reason), NameOf(reason)))),
        Single("edgeproxy_rejected_streams_total", MetricKind.Counter, "event streams rejected with 503 because `limits.max_streams` was reached", () => _server.RejectedStreams),
    ];

    private MetricFamily PerKind(string name, MetricKind metricKind, string help, Func<StreamCounts, StreamKind, long> read) => new(
        name, metricKind, help, [.. EnvironmentLabels, "kind"],
        () => from environment in _registry.Environments
              from kind in Enum.GetValues<StreamKind>()
              select new MetricSample(read(environment.Metrics.Streams, kind), [.. LabelsOf(environment), NameOf(kind)]));

    private static string NameOf(StreamKind kind) => kind switch
    {
        StreamKind.Ofrep => "ofrep",
        _ => "realtime",
    };

    private static string NameOf(StreamEnd reason) => reason switch
    {
        StreamEnd.Age => "age",
        StreamEnd.Client => "client",
        StreamEnd.Slow => "slow",
        StreamEnd.Drain => "drain",
        StreamEnd.Removed => "removed",
        _ => "failed",
    };
}
