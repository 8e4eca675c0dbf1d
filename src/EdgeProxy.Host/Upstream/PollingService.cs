using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>Polls every environment that has an upstream, each on its own: one that fails or hangs delays no other.</summary>
internal sealed class PollingService : BackgroundService
{
    // How many are fetched at once: far more than ever hang, far fewer than there may be.
    private const int MostAtOnce = 64;

    private readonly EnvironmentRegistry _registry;
    private readonly DocumentFetcher _fetcher;
    private readonly EnvironmentPublisher _publisher;
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EnvironmentPoller> _logger;

    public PollingService(
        EnvironmentRegistry registry,
        DocumentFetcher fetcher,
        EnvironmentPublisher publisher,
        ProxyOptions options,
        TimeProvider time,
        ILogger<EnvironmentPoller> logger)
    {
        _registry = registry;
        _fetcher = fetcher;
        _publisher = publisher;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var gate = new SemaphoreSlim(MostAtOnce);
        await Task.WhenAll(_registry.Environments
            .Where(static environment => !environment.IsOffline)
            .Select(environment =>
                new EnvironmentPoller(environment, _fetcher, _publisher, _options, gate, _time, _logger).RunAsync(stoppingToken)));
    }
}
