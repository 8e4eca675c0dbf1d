using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Environments that change or are removed while a stream of them is being opened.</summary>
public sealed class StreamOpeningTests
{
    private static readonly RealtimeFormat Format = new(new StreamOptions { MaxRealtimeAge = TimeSpan.Zero }, RealtimeClient.Sdk);

    [Fact]
    public async Task Open_ChangeIsBeingPublished_GetsItsEvent()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var hub = proxy.Proxy.Services.GetRequiredService<StreamHub>();
        using var begun = new ManualResetEventSlim();
        using var published = new ManualResetEventSlim();
        using var client = new FullConnection
        {
            Writing = () =>
            {
                begun.Set();
                published.Wait(Patience.Limit);
            },
        };
        var (environment, ended, opening) = (proxy.Environment, Task.CompletedTask, (Task?)null);

        // Requests get the new content already, and the change is not recorded yet.
        environment.Published += (_, _) =>
        {
            opening = Task.Run(() => { ended = hub.OpenAsync(client.Exchange, environment, Format); });
            begun.Wait(Patience.Limit);
        };
        await proxy.PublishAsync("second"); // the stream is not among those that are told
        published.Set();
        await opening!;

        await Patience.UntilAsync(() => proxy.Events == 1, "the event");
        await client.ReadAsync("\"updated_at\": 1795341600.0}");
        client.Disconnect();
        await ended.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Open_EnvironmentWasRemoved_Ended()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var hub = proxy.Proxy.Services.GetRequiredService<StreamHub>();
        using var client = new FullConnection();
        var environment = proxy.Environment;
        proxy.Proxy.Registry.SetConfigured([]);

        await hub.OpenAsync(client.Exchange, environment, Format).WaitAsync(Patience.Limit);

        Assert.False(client.IsAborted);
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_streams_ended_total", ("reason", "removed")));
    }

    [Fact]
    public async Task Open_EnvironmentCameBackWhileAStreamOfItEnds_Kept()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var hub = proxy.Proxy.Services.GetRequiredService<StreamHub>();
        using var slow = new FullConnection();
        var environment = proxy.Environment;
        var slowEnded = hub.OpenAsync(slow.Exchange, environment, Format);
        await slow.ReadAsync("retry: ");
        await Patience.UntilAsync(() => proxy.Open == 1, "the stream");
        await proxy.PublishAsync("second"); // waits in the buffer: the stream ends when that has been written
        await Patience.UntilAsync(() => proxy.Events == 1, "the event");
        await using var other = await proxy.OpenAsync();
        await other.ReadChunkAsync();
        proxy.Proxy.Registry.SetConfigured([]);
        Assert.Null(await other.ReadChunkAsync());
        proxy.Proxy.Registry.SetConfigured([environment]);
        using var client = new FullConnection();

        var ended = hub.OpenAsync(client.Exchange, environment, Format);

        await Patience.UntilAsync(() => environment.Metrics.Streams.Open(StreamKind.Realtime) == 2, "the stream");
        proxy.Time.Advance(TimeSpan.FromSeconds(1));
        await slow.ReadAsync("\"updated_at\": ");
        await slowEnded.WaitAsync(Patience.Limit);
        Assert.False(ended.IsCompleted);
        client.Disconnect();
        await ended.WaitAsync(Patience.Limit);
    }
}
