using System.Net;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Server;

public sealed class LimitedListenerTests : IDisposable
{
    private readonly FakeTransport _transport = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionCount _count = new();
    private readonly LogCollector _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task AcceptAsync_OneTooMany_ClosedAndTheNextTakenWhenThereIsRoom()
    {
        var listener = await BindAsync(limit: 1);
        _transport.Listeners[0].Connect();
        var first = await listener.AcceptAsync();
        var second = _transport.Listeners[0].Connect();
        var accepting = listener.AcceptAsync().AsTask();
        await Patience.UntilAsync(() => second.IsAborted, "the second to be closed");
        Assert.False(accepting.IsCompleted);

        await first!.DisposeAsync();
        Assert.Equal(0, _count.Open);
        _transport.Listeners[0].Connect();

        Assert.NotNull(await accepting);
        Assert.Equal(1, _count.Open);
    }

    [Fact]
    public async Task AcceptAsync_Fails_SaidOnceAndGoesOn()
    {
        // What a want of descriptors looks like from here: code that has to be loaded, such as the log's, cannot be.
        var listener = await BindAsync(limit: 10);
        _transport.Listeners[0].Fail(new FileNotFoundException("Could not load file or assembly"));
        _transport.Listeners[0].Fail(new FileNotFoundException("Could not load file or assembly"));
        _transport.Listeners[0].Connect();

        var accepting = listener.AcceptAsync().AsTask();
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return accepting.IsCompleted;
            },
            "the connection");

        Assert.NotNull(await accepting);
        Assert.Single(_log.Entries, static entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task AcceptAsync_LogFailsToo_GoesOn()
    {
        using var factory = LoggerFactory.Create(static logging => logging.AddProvider(new FailingLog("EdgeProxy")));
        var bound = await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 80));
        var listener = new LimitedListener(_transport, bound, new ConnectionLimiter(1, _count), _time, factory.CreateLogger<LimitedListener>());
        _transport.Listeners[0].Fail(new IOException("Too many open files"));
        _transport.Listeners[0].Connect();

        var accepting = listener.AcceptAsync().AsTask();
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return accepting.IsCompleted;
            },
            "the connection");

        Assert.NotNull(await accepting);
    }

    [Fact]
    public async Task RebindAsync_WhileAccepting_GoesOnWithTheNewSocket()
    {
        var listener = await BindAsync(limit: 10);
        var accepting = listener.AcceptAsync().AsTask();

        await listener.RebindAsync(CancellationToken.None);
        _transport.Listeners[1].Connect();

        Assert.NotNull(await accepting);
        var last = listener.AcceptAsync();
        await listener.UnbindAsync();
        Assert.Null(await last);
    }

    private async Task<LimitedListener> BindAsync(int limit)
    {
        var bound = await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 80));
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new LimitedListener(_transport, bound, new ConnectionLimiter(limit, _count), _time, factory.CreateLogger<LimitedListener>());
    }
}
