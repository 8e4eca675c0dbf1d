using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>
/// Polls every environment that has an upstream, each in its own loop: one that fails or hangs delays no other.
/// </summary>
internal sealed class PollingService : BackgroundService
{
    // The maximum number of concurrent fetches: far more than ever hang, far fewer than there may be environments.
    private const int MaxAtOnce = 64;
    private const int MaxRequestedAtOnce = 8;

    private readonly EnvironmentRegistry _registry;
    private readonly DocumentFetcher _fetcher;
    private readonly EnvironmentPublisher _publisher;
    private readonly PersistenceService _persistence;
    private readonly ServerMetrics _metrics;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly FetchTroubleLog _trouble;
    private readonly ILoggerFactory _loggers;

    public PollingService(
        EnvironmentRegistry registry,
        DocumentFetcher fetcher,
        EnvironmentPublisher publisher,
        PersistenceService persistence,
        ServerMetrics metrics,
        UpstreamOptions options,
        TimeProvider time,
        FetchTroubleLog trouble,
        ILoggerFactory loggers)
    {
        _registry = registry;
        _fetcher = fetcher;
        _publisher = publisher;
        _persistence = persistence;
        _metrics = metrics;
        _options = options;
        _time = time;
        _trouble = trouble;
        _loggers = loggers;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var gate = new SemaphoreSlim(MaxAtOnce);
        using var requestedGate = new SemaphoreSlim(MaxRequestedAtOnce);
        var services = new RefreshServices(_fetcher, _publisher, _trouble, gate, requestedGate, _metrics, _options, _time, _loggers);
        using var changes = new SemaphoreSlim(1); // the first time, all environments are new
        var polls = new Dictionary<EnvironmentState, EnvironmentPoll>();
        var ending = new List<Task>();
        void Changed(object? sender, EventArgs e) => changes.Release();
        _registry.Changed += Changed;
        try
        {
            while (true)
            {
                await changes.WaitAsync(stoppingToken);
                ending.RemoveAll(static end => end.IsCompleted);
                ending.AddRange(Follow(polls, services, stoppingToken));
            }
        }
        finally
        {
            _registry.Changed -= Changed;
            await Task.WhenAll([.. ending, .. polls.Values.Select(static poll => poll.EndAsync())]);
        }
    }

    /// <summary>Starts loops for new environments, and ends those of removed ones.</summary>
    /// <returns>The tasks of the ended loops. They need not be awaited: a fetch in progress may take long, and its result is not used.</returns>
    private List<Task> Follow(Dictionary<EnvironmentState, EnvironmentPoll> polls, RefreshServices services, CancellationToken stoppingToken)
    {
        var environments = _registry.Environments.Where(static environment => !environment.IsOffline).ToHashSet();
        var ends = new List<Task>();
        foreach (var gone in polls.Keys.Where(environment => !environments.Contains(environment)).ToList())
        {
            polls.Remove(gone, out var poll);
            ends.Add(DropAsync(gone, poll!));
        }

        foreach (var environment in environments.Where(environment => !polls.ContainsKey(environment)))
        {
            var refresh = new EnvironmentRefresh(environment, _persistence.For(environment), services);
            polls.Add(environment, EnvironmentPoll.Begin(environment, refresh, _time, stoppingToken));
        }

        return ends;
    }

    /// <summary>
    /// Ends a loop; stored documents of discovered environments are deleted (docs/spec/upstream-api.md 3.3), those of
    /// configured ones may be used by other instances.
    /// </summary>
    private async Task DropAsync(EnvironmentState environment, EnvironmentPoll poll)
    {
        await poll.EndAsync();
        _trouble.Ended(environment);
        if (environment.Kind == EnvironmentKind.Discovered)
        {
            _persistence.For(environment).Forget();
        }
    }
}
