using System.Net;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeProxy.Host.Tests.Server;

public sealed class ListenerWatchdogTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly StopRecorder _application = new();
    private readonly FakeTransport _transport = new();
    private readonly ListenerWatchdog _watchdog;
    private LimitedListener _listener = null!;

    public ListenerWatchdogTests()
    {
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var factory = new LimitedListenerFactory(sockets, new ProxyOptions(), new ConnectionCount(), TimeProvider.System, NullLogger<LimitedListener>.Instance);
        _watchdog = new ListenerWatchdog(factory, _application, TimeProvider.System, NullLogger<ListenerWatchdog>.Instance);
    }

    public async Task InitializeAsync()
    {
        var bound = await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 80));
        _listener = new LimitedListener(_transport, bound, new ConnectionLimiter(1, new ConnectionCount()), TimeProvider.System, NullLogger<LimitedListener>.Instance);
    }

    public async Task DisposeAsync() => await _listener.DisposeAsync();

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public async Task Look_Deaf_BoundAgainThenStopped()
    {
        await LookAsync(false);
        Assert.Single(_transport.Listeners);
        await LookAsync(false);
        Assert.Equal(2, _transport.Listeners.Count);
        Assert.False(_watchdog.HasFailed);

        await LookAsync(false, false);

        Assert.Equal(2, _transport.Listeners.Count);
        Assert.True(_watchdog.HasFailed);
        Assert.True(_application.IsStopped);
    }

    [Fact]
    public async Task Look_AnswersInBetween_NothingIsDone()
    {
        await LookAsync(false, true, false, null, true, false);

        Assert.Single(_transport.Listeners);
        Assert.False(_watchdog.HasFailed);
    }

    [Fact]
    public async Task Look_AddressIsTaken_Stopped()
    {
        _transport.IsBroken = true;

        await LookAsync(false, false);

        Assert.True(_watchdog.HasFailed);
        Assert.True(_application.IsStopped);
    }

    [Fact]
    public async Task Ask_RealListener_KnowsWhetherItAcceptsAndThatBindingAgainHelps()
    {
        // Not a port that is given to whoever wants any: another test could take it in between.
        var address = new IPEndPoint(IPAddress.Loopback, 20_000 + (Environment.ProcessId % 10_000));
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var bound = await sockets.BindAsync(address);
        await using var listener = new LimitedListener(
            sockets, bound, new ConnectionLimiter(1, new ConnectionCount()), TimeProvider.System, NullLogger<LimitedListener>.Instance);
        Assert.False(await ListenerProbe.AskAsync(listener, Soon, TimeProvider.System, CancellationToken.None)); // nobody accepts

        await listener.RebindAsync(CancellationToken.None);
        var accepting = listener.AcceptAsync();

        Assert.True(await ListenerProbe.AskAsync(listener, Patience.Limit, TimeProvider.System, CancellationToken.None));
        await listener.UnbindAsync();
        Assert.Null(await accepting);
        Assert.False(await ListenerProbe.AskAsync(listener, Patience.Limit, TimeProvider.System, CancellationToken.None)); // refused
    }

    private async Task LookAsync(params bool?[] answers)
    {
        foreach (var answer in answers)
        {
            await _watchdog.LookAsync(_listener, answer, CancellationToken.None);
        }
    }

    private sealed class StopRecorder : IHostApplicationLifetime
    {
        public bool IsStopped { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => IsStopped = true;
    }
}
