using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// Opens a stream of changes for every environment that has an upstream, and ends those of environments that are removed.
/// </summary>
internal sealed class StreamService : BackgroundService
{
    private static readonly TimeSpan SpreadPerEnvironment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxSpread = TimeSpan.FromSeconds(10);

    private readonly EnvironmentRegistry _registry;
    private readonly UpstreamStreamOptions _options;
    private readonly UpstreamOptions _upstream;
    private readonly UpstreamSender _sender;
    private readonly TimeProvider _time;
    private readonly StreamLog _log;

    public StreamService(EnvironmentRegistry registry, UpstreamStreamOptions options, UpstreamOptions upstream, UpstreamSender sender, TimeProvider time, StreamLog log)
    {
        _registry = registry;
        _options = options;
        _upstream = upstream;
        _sender = sender;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = UpstreamClient.CreateForStreams(_upstream, Environment.GetEnvironmentVariable);
        var connection = new StreamConnection(client, _sender, _upstream, _time);
        var pollInterval = _options.PollInterval > _upstream.ApiPollFrequency ? _options.PollInterval : null;
        var services = new StreamServices(connection, _options, pollInterval, _log, _time);
        using var changes = new SemaphoreSlim(1); // the first time, all environments are new
        var streams = new Dictionary<EnvironmentState, EnvironmentStream>();
        void Changed(object? sender, EventArgs e) => changes.Release();
        _registry.Changed += Changed;
        try
        {
            while (true)
            {
                await changes.WaitAsync(stoppingToken);
                await FollowAsync(streams, services, stoppingToken);
            }
        }
        finally
        {
            _registry.Changed -= Changed;
            await Task.WhenAll(streams.Values.Select(static stream => stream.DisposeAsync().AsTask()));
        }
    }

    private async Task FollowAsync(Dictionary<EnvironmentState, EnvironmentStream> streams, StreamServices services, CancellationToken stoppingToken)
    {
        var environments = _registry.Environments.Where(static environment => !environment.IsOffline).ToHashSet();
        var gone = streams.Keys.Where(environment => !environments.Contains(environment)).ToList();
        await Task.WhenAll(gone.Select(environment => streams[environment].DisposeAsync().AsTask()));
        gone.ForEach(environment => streams.Remove(environment));
        EnvironmentState[] added = [.. environments.Where(environment => !streams.ContainsKey(environment))];
        var spread = SpreadPerEnvironment * added.Length;
        foreach (var environment in added)
        {
            streams.Add(environment, EnvironmentStream.Begin(environment, services, spread < MaxSpread ? spread : MaxSpread, stoppingToken));
        }
    }
}
