using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>The ends of streams: by age, by the client, in a shutdown (docs/spec/realtime.md 6).</summary>
public sealed class StreamEndTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Age_IsReached_AnswerEndsAndTheConnectionIsKept()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions());
        var stream = await proxy.OpenAsync();
        while (stream.Head.Contains("Connection: close"))
        {
            await stream.DisposeAsync(); // one of ten, at random
            await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
            stream = await proxy.OpenAsync();
        }

        var before = proxy.Time.GetUtcNow();
        while (await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), Step) is { } chunk)
        {
            Assert.Equal(":\n\n", chunk);
        }

        Assert.InRange((proxy.Time.GetUtcNow() - before).TotalSeconds, 27, 60);
        await stream.RequestAsync("env");
        Assert.Equal(200, await stream.ReadHeadAsync());
        await stream.DisposeAsync();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(300, true)]
    public async Task Open_LongLivedStreams_ConnectionEndsWithTheStream(int seconds, bool closes)
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxRealtimeAge = TimeSpan.FromSeconds(seconds) });
        await using var stream = await proxy.OpenAsync();

        Assert.Equal(closes, stream.Head.Contains("Connection: close"));
    }

    [Fact]
    public async Task Age_EventIsPending_WrittenBefore()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxRealtimeAge = TimeSpan.FromSeconds(1) });
        await using var stream = await proxy.OpenAsync();
        await proxy.PublishAsync("second");
        await stream.ReadChunkAsync();
        await proxy.PublishAsync("third", static document => document["updated_at"] = "2026-11-23T00:00:00Z"); // not for 200 ms
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(0.11), TimeSpan.FromSeconds(0.2)); // a compilation has a timer of 0.1 s

        proxy.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Contains("1795392000.0", await stream.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.Null(await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Client_Disconnects_StreamIsGone()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using (await proxy.OpenAsync())
        {
            Assert.Equal(1, proxy.Open);
        }

        await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_streams_ended_total", ("reason", "client")));
    }

    [Fact]
    public async Task Client_EndsSending_StreamIsGone()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();

        stream.EndSending();

        await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
        await stream.ReadToTheEndAsync();
    }

    [Fact]
    public async Task Environment_IsRemoved_StreamsEnd()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();

        proxy.Proxy.Registry.SetConfigured([]);

        Assert.Null(await stream.ReadChunkAsync());
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_streams_ended_total", ("reason", "removed")));
    }

    [Fact]
    public async Task Shutdown_WithDelay_EndsSpreadOverTheSecondHalf()
    {
        const int Count = 40;
        await using var proxy = await StreamedProxy.StartAsync();
        var streams = new List<RawStream>();
        for (var i = 0; i < Count; i++)
        {
            streams.Add(await proxy.OpenAsync());
        }

        _ = proxy.Proxy.Shutdown.RunAsync(TimeSpan.FromSeconds(20));
        proxy.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(Count, proxy.Open);
        await using var late = await proxy.OpenAsync(); // still taken
        proxy.Time.Advance(TimeSpan.FromSeconds(0.1));
        await proxy.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.StreamsDraining);

        var left = new List<long>();
        for (var second = 0; second < 9; second++)
        {
            proxy.Time.Advance(TimeSpan.FromSeconds(1));
            var expected = Count - (Count * (second + 1) / 9.0);
            await Patience.UntilAsync(() => proxy.Open <= expected + 2, $"the ends of second {second}");
            left.Add(proxy.Open);
        }

        Assert.All(left.Select(static (open, second) => (open, second)), static at => Assert.InRange(at.open, Count - (Count * (at.second + 1) / 9.0) - 2, Count));
        await Patience.UntilAsync(() => proxy.Open == 0, "all ends before the server stops");
        foreach (var stream in streams)
        {
            Assert.Null(await ReadToEndOfAnswerAsync(stream));
            await Assert.ThrowsAsync<EndOfStreamException>(stream.ReadHeadAsync); // and closes: the next one is to be elsewhere
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Shutdown_OpenedWhileDraining_TakenAndEndedWithTheOthers()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var first = await proxy.OpenAsync();
        var sequence = proxy.Proxy.Shutdown.RunAsync(TimeSpan.FromSeconds(20));
        proxy.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await first.ReadChunkAsync());

        await using var late = await RawStream.OpenAsync(proxy.Proxy.Address, "env");

        Assert.Contains("Connection: close", late.Head);
        var end = ReadToEndOfAnswerAsync(late);
        Assert.Null(await proxy.PassTimeUntilAsync(end, Step));
    }

    [Fact]
    public async Task Shutdown_WithoutDelay_AllEndedProperlyWithinASecond()
    {
        const int Count = 200;
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true, Streams = new StreamOptions { MaxRealtimeAge = TimeSpan.Zero } });
        await proxy.WaitUntilLoadedAsync();
        var streams = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => RawStream.OpenAsync(proxy.Address, "demo")));
        var stopped = proxy.WaitForShutdownAsync();

        await proxy.Shutdown.RunAsync(TimeSpan.Zero);

        await stopped.WaitAsync(Patience.Limit);
        foreach (var stream in streams)
        {
            Assert.Null(await ReadToEndOfAnswerAsync(stream));
            await stream.DisposeAsync();
        }

        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.StreamsDraining);
    }

    private static async Task<string?> ReadToEndOfAnswerAsync(RawStream stream)
    {
        string? chunk;
        do
        {
            chunk = await stream.ReadChunkAsync();
        }
        while (chunk is ":\n\n" or ['e', 'v', ..]);
        return chunk;
    }
}
