using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>Everything that refreshes of all environments share.</summary>
/// <param name="Fetcher">Fetches documents.</param>
/// <param name="Publisher">Takes documents to requests.</param>
/// <param name="Trouble">The log of failures.</param>
/// <param name="Gate">Bounds how many are fetched at once.</param>
/// <param name="Options">The settings.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Makes logs.</param>
internal sealed record RefreshServices(
    DocumentFetcher Fetcher,
    EnvironmentPublisher Publisher,
    FetchTroubleLog Trouble,
    SemaphoreSlim Gate,
    UpstreamOptions Options,
    TimeProvider Time,
    ILoggerFactory Loggers);
