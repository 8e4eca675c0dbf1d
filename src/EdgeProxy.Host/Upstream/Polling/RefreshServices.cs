using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>The services that all refreshes share.</summary>
/// <param name="Fetcher">Fetches documents.</param>
/// <param name="Publisher">Publishes documents.</param>
/// <param name="Trouble">The log of failures.</param>
/// <param name="Gate">Limits the number of concurrent fetches.</param>
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
