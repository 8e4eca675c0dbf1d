using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>The services that all refreshes share.</summary>
/// <param name="Fetcher">Fetches documents.</param>
/// <param name="Publisher">Publishes documents.</param>
/// <param name="Trouble">The log of failures.</param>
/// <param name="Gate">Limits the number of concurrent fetches.</param>
/// <param name="RequestedGate">Limits the number of concurrent fetches that were requested: a change of a project announces each of its environments.</param>
/// <param name="Metrics">The counters of the server.</param>
/// <param name="Options">The settings.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Makes logs.</param>
internal sealed record RefreshServices(
    DocumentFetcher Fetcher,
    EnvironmentPublisher Publisher,
    FetchTroubleLog Trouble,
    SemaphoreSlim Gate,
    SemaphoreSlim RequestedGate,
    ServerMetrics Metrics,
    UpstreamOptions Options,
    TimeProvider Time,
    ILoggerFactory Loggers);
