using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>Everything that refreshes of all environments share.</summary>
/// <param name="Fetcher">Fetches documents.</param>
/// <param name="Publisher">Takes documents to requests.</param>
/// <param name="Trouble">The log of failures.</param>
/// <param name="Gate">Bounds how many are fetched at once.</param>
/// <param name="RequestedGate">Bounds how many of those that were requested are fetched at once: a change of a project is one of each of its environments.</param>
/// <param name="Options">The settings.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Makes logs.</param>
internal sealed record RefreshServices(
    DocumentFetcher Fetcher,
    EnvironmentPublisher Publisher,
    FetchTroubleLog Trouble,
    SemaphoreSlim Gate,
    SemaphoreSlim RequestedGate,
    UpstreamOptions Options,
    TimeProvider Time,
    ILoggerFactory Loggers);
