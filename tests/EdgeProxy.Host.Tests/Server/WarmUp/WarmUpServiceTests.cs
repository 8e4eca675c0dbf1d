using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Server.WarmUp;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Server.WarmUp;

/// <summary>The end of the warm-up by its limits, by the shutdown, or by an error; the proxy becomes ready in each case.</summary>
public sealed class WarmUpServiceTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly LogCollector _log = new();
    private readonly WarmUpPhase _phase = new(isOver: false);
    private readonly ShutdownPhase _shutdown = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task ExecuteAsync_ServerFails_LoggedAndOver()
    {
        await RunAsync(Long, static _ => throw new InvalidOperationException("no server"));

        Assert.True(_phase.IsOver);
        Assert.IsType<InvalidOperationException>(Assert.Single(_log.Entries, static entry => entry.EventId == EventIds.WarmUpFailed).Exception);
    }

    [Fact]
    public async Task ExecuteAsync_AnswerFails_LoggedAndOver()
    {
        await RunAsync(Long, static async environments =>
        {
            var server = await WarmUpServer.StartAsync(new ProxyOptions(), environments);
            return new MisnamedServer(server);
        });

        Assert.True(_phase.IsOver);
        Assert.Contains("401", Assert.Single(_log.Entries, static entry => entry.EventId == EventIds.WarmUpFailed).Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_ShutdownRequested_OverAtOnce()
    {
        await RunAsync(Long, environments =>
        {
            _shutdown.Stop();
            return WarmUpServer.StartAsync(new ProxyOptions(), environments);
        });

        Assert.True(_phase.IsOver);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task ExecuteAsync_BudgetIsSmall_EndsWithIt()
    {
        await RunAsync(TimeSpan.FromMilliseconds(1), static environments => WarmUpServer.StartAsync(new ProxyOptions(), environments));

        Assert.True(_phase.IsOver);
        Assert.Contains("a limit was reached", Assert.Single(_log.Entries, static entry => entry.EventId == EventIds.WarmedUp).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_NothingLoaded_WaitsUntilStopped()
    {
        using var service = Service(Long, static _ => throw new InvalidOperationException("nothing is loaded"), Registry(isLoaded: false));
        await service.StartAsync(CancellationToken.None);
        Assert.False(_phase.IsOver);

        await service.StopAsync(CancellationToken.None);

        Assert.True(service.ExecuteTask!.IsCompleted);
        Assert.Empty(_log.Entries);
    }

    private async Task RunAsync(TimeSpan budget, Func<IReadOnlyList<PublishedEnvironment>, Task<IWarmUpServer>> startServer)
    {
        using var service = Service(budget, startServer, Registry(isLoaded: true));
        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!.WaitAsync(Patience.Limit);
    }

    private WarmUpService Service(TimeSpan budget, Func<IReadOnlyList<PublishedEnvironment>, Task<IWarmUpServer>> startServer, EnvironmentRegistry registry)
    {
        var health = new HealthMonitor(registry, new HealthCheckOptions(), TimeSpan.FromSeconds(10), isDiscovering: false, _shutdown, TimeProvider.System, warmUp: _phase);
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
        return new WarmUpService(budget, health, registry, _phase, _shutdown, startServer, TimeProvider.System, loggers.CreateLogger<WarmUpService>());
    }

    private static EnvironmentRegistry Registry(bool isLoaded)
    {
        var state = new EnvironmentState("env", "ser.env", EnvironmentKind.Offline);
        if (isLoaded)
        {
            var content = Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString());
            state.Publish(new PublishedEnvironment(content, EdgeProxy.Engine.Compilation.EnvironmentCompiler.Compile(content, default).Snapshot, DateTimeOffset.UnixEpoch));
            state.Fetched(TimeProvider.System, DocumentOrigin.File);
        }

        return new EnvironmentRegistry([state], TimeProvider.System);
    }

    /// <summary>A server that does not know the keys which it says.</summary>
    private sealed class MisnamedServer(IWarmUpServer server) : IWarmUpServer
    {
        public IReadOnlyList<WarmUpEnvironment> Environments { get; } = [.. server.Environments.Select(static environment => environment with { Key = "unknown" })];

        public System.Net.Sockets.Socket Connect() => server.Connect();

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
