using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Clients that do not read, as a connection whose buffer is full after the first bytes.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task Change_ClientDoesNotRead_NewestEventReplacesTheUnwrittenOne()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new FullConnection();
        var ended = await OpenAsync(proxy, client);
        await proxy.PublishAsync("second"); // waits in the buffer
        await Patience.UntilAsync(() => proxy.Events == 1, "the first event");
        for (var i = 0; i < 5; i++)
        {
            proxy.Time.Advance(TimeSpan.FromSeconds(1));
            await proxy.PublishAsync($"change {i}");
        }

        Assert.Equal(1, proxy.Events);
        await client.ReadAsync("\"updated_at\": 1795341600.0}");
        await proxy.PassTimeUntilAsync(client.ReadAsync("\"updated_at\": 1795341605.0}"), TimeSpan.FromMilliseconds(5));

        Assert.Equal(2, proxy.Events);
        Assert.False(ended.IsCompleted);
        client.Disconnect();
        await ended.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Write_DoesNotFinishInHalfAMinute_Aborted()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new FullConnection();
        var ended = await OpenAsync(proxy, client);
        await proxy.PublishAsync("second");
        await Patience.UntilAsync(() => proxy.Events == 1, "the event");
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));

        proxy.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(client.IsAborted);
        await proxy.PassTimeUntilAsync(CompletedAsync(ended), TimeSpan.FromSeconds(0.5));

        Assert.True(client.IsAborted);
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_streams_ended_total", ("reason", "slow")));
    }

    [Fact]
    public async Task Write_OfOfrepDoesNotFinishInTenSeconds_Aborted()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new FullConnection();
        var ended = await OpenAsync(proxy, client, new OfrepFormat(new OfrepOptions { MaxStreamAge = TimeSpan.Zero }));
        await proxy.PublishAsync("second");
        await Patience.UntilAsync(() => proxy.Environment.Metrics.Streams.Events(StreamKind.Ofrep) == 1, "the event");
        var before = proxy.Time.GetUtcNow();

        proxy.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(client.IsAborted);
        await proxy.PassTimeUntilAsync(CompletedAsync(ended), TimeSpan.FromSeconds(0.05));

        Assert.True(client.IsAborted);
        Assert.InRange((proxy.Time.GetUtcNow() - before).TotalSeconds, 9.9, 29); // half a minute is for other streams
    }

    [Fact]
    public async Task Shutdown_ClientDoesNotRead_AbortedAtItsTime()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new FullConnection();
        var ended = await OpenAsync(proxy, client);
        await proxy.PublishAsync("second");
        await Patience.UntilAsync(() => proxy.Events == 1, "the event");

        _ = proxy.Proxy.Shutdown.RunAsync(TimeSpan.FromSeconds(4));
        proxy.Time.Advance(TimeSpan.FromSeconds(2));

        await ended.WaitAsync(Patience.Limit);
        Assert.True(client.IsAborted);
    }

    [Fact]
    public async Task Write_Throws_StreamEndsAndOthersGoOn()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new FullConnection();
        var ended = await OpenAsync(proxy, client);
        await using var other = await RawStream.OpenAsync(proxy.Proxy.Address, "env");
        await Patience.UntilAsync(() => proxy.Open == 2, "both streams");
        client.Break();

        await proxy.PublishAsync("second");

        await proxy.PassTimeUntilAsync(CompletedAsync(ended), TimeSpan.FromMilliseconds(5));
        await proxy.PassTimeUntilAsync(other.ReadChunkAsync(), TimeSpan.FromMilliseconds(5));
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_streams_ended_total", ("reason", "failed")));
    }

    private static async Task<bool> CompletedAsync(Task task)
    {
        await task;
        return true;
    }

    private static Task<Task> OpenAsync(StreamedProxy proxy, FullConnection client) =>
        OpenAsync(proxy, client, new RealtimeFormat(new StreamOptions { MaxRealtimeAge = TimeSpan.Zero }, RealtimeClient.Sdk));

    private static async Task<Task> OpenAsync(StreamedProxy proxy, FullConnection client, StreamFormat format)
    {
        var hub = proxy.Proxy.Services.GetRequiredService<StreamHub>();
        var ended = hub.OpenAsync(client.Exchange, proxy.Environment, format);
        await Patience.UntilAsync(() => proxy.Environment.Metrics.Streams.Open(format.Kind) == 1, "the stream");
        await client.ReadAsync("retry: ");
        return ended;
    }
}
