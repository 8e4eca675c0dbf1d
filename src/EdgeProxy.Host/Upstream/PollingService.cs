using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Upstream;

/// <summary>Polls every environment that has an upstream, each on its own: one that fails or hangs delays no other.</summary>
internal sealed class PollingService : BackgroundService
{
    // How many are fetched at once: far more than ever hang, far fewer than there may be.
    private const int MaxAtOnce = 64;

    private readonly EnvironmentRegistry _registry;
    private readonly DocumentFetcher _fetcher;
    private readonly EnvironmentPublisher _publisher;
    private readonly PersistenceService _snapshots;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EnvironmentPoller> _logger;

    public PollingService(
        EnvironmentRegistry registry,
        DocumentFetcher fetcher,
        EnvironmentPublisher publisher,
        PersistenceService snapshots,
        UpstreamOptions options,
        TimeProvider time,
        ILogger<EnvironmentPoller> logger)
    {
        _registry = registry;
        _fetcher = fetcher;
        _publisher = publisher;
        _snapshots = snapshots;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var gate = new SemaphoreSlim(MaxAtOnce);
        using var changes = new SemaphoreSlim(1); // the first time, everything is new
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
                ending.AddRange(Follow(polls, gate, stoppingToken));
            }
        }
        finally
        {
            _registry.Changed -= Changed;
            await Task.WhenAll([.. ending, .. polls.Values.Select(static poll => poll.EndAsync())]);
        }
    }

    /// <summary>Begins to poll environments that are new, and ends it for those that are gone.</summary>
    /// <returns>The ends, which nobody has to wait for: what they are in the middle of may take long, and is of no interest any more.</returns>
    private List<Task> Follow(Dictionary<EnvironmentState, EnvironmentPoll> polls, SemaphoreSlim gate, CancellationToken stoppingToken)
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
            var poller = new EnvironmentPoller(environment, _fetcher, _publisher, _snapshots.For(environment), _options, gate, _time, _logger);
            polls.Add(environment, EnvironmentPoll.Begin(poller, UpstreamThreads.Scheduler, stoppingToken));
        }

        return ends;
    }

    /// <summary>Ends it; of what was found, nothing is kept (docs/spec/upstream-api.md 3.3), of what was configured it may be for others.</summary>
    private async Task DropAsync(EnvironmentState environment, EnvironmentPoll poll)
    {
        await poll.EndAsync();
        if (environment.Kind == EnvironmentKind.Discovered)
        {
            _snapshots.For(environment).Forget();
        }
    }
}
