using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Streams on one connection of HTTP/2.</summary>
public sealed class Http2StreamTests
{
    private const int Count = 90;

    [Fact]
    public async Task Streams_ManyOnOneConnection_EachGetsTheEventAndEndsProperly()
    {
        await using var polled = await PolledProxy.StartAsync(configure: static options => options with
        {
            Server = options.Server with { Http2CleartextPort = 0 },
            Streams = new StreamOptions { MaxRealtimeAge = TimeSpan.FromSeconds(60) },
        });
        using var client = Client(polled.Proxy);
        var streams = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => OpenAsync(client)));
        await Patience.UntilAsync(() => polled.Environment.Metrics.Streams.Open(StreamKind.Realtime) == Count, "the streams");

        await polled.Proxy.Publisher.PublishAsync(polled.Environment, PolledProxy.Document("second"), CancellationToken.None);

        var received = streams.Select(ReadToTheEndAsync).ToArray();
        await PassTimeAsync(polled.Time, () => polled.Environment.Metrics.Streams.Events(StreamKind.Realtime) == Count, TimeSpan.FromMilliseconds(5));
        using (var flags = new HttpRequestMessage(HttpMethod.Get, "/api/v1/flags/") { Headers = { { "X-Environment-Key", "env" } } })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(Prepare(flags))).StatusCode);
        }

        await PassTimeAsync(polled.Time, () => received.All(static read => read.IsCompleted), TimeSpan.FromSeconds(0.5));
        foreach (var text in await Task.WhenAll(received))
        {
            Assert.Single(text.Split('\n'), static line => line.StartsWith("data: {\"updated_at\": ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Event_OnTheWire_OneDataFrame()
    {
        await using var polled = await PolledProxy.StartAsync(configure: static options => options with { Server = options.Server with { Http2CleartextPort = 0 } });
        using var client = new TcpClient();
        await client.ConnectAsync(polled.Proxy.LastAddress.Host, polled.Proxy.LastAddress.Port);
        var stream = client.GetStream();
        const string Path = "/sse/environments/env/stream";
        byte[] headers = [0x82, 0x86, 0x04, (byte)Path.Length, .. Encoding.ASCII.GetBytes(Path), 0x01, 4, .. "test"u8];
        await stream.WriteAsync((byte[])
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. RawHttp2Connection.Frame(RawHttp2Connection.Settings, 0, 0, []),
            .. RawHttp2Connection.Frame(RawHttp2Connection.Headers, RawHttp2Connection.EndHeaders | RawHttp2Connection.EndStream, 1, headers),
        ]);
        Assert.Matches("^:\nretry: [0-9]+\n\n$", await ReadDataFrameAsync(stream));

        await polled.Proxy.Publisher.PublishAsync(polled.Environment, PolledProxy.Document("second"), CancellationToken.None);

        Assert.Equal(StreamedProxy.EventOf(polled.Time.GetUtcNow()), await ReadDataFrameAsync(stream));
    }

    [Fact]
    public async Task Client_ResetsAStream_OthersGoOn()
    {
        await using var polled = await PolledProxy.StartAsync(configure: static options => options with { Server = options.Server with { Http2CleartextPort = 0 } });
        using var client = Client(polled.Proxy);
        var first = await OpenAsync(client);
        var second = await OpenAsync(client);
        await Patience.UntilAsync(() => polled.Environment.Metrics.Streams.Open(StreamKind.Realtime) == 2, "the streams");

        first.Dispose();

        await Patience.UntilAsync(() => polled.Environment.Metrics.Streams.Open(StreamKind.Realtime) == 1, "the end of one");
        await polled.Proxy.Publisher.PublishAsync(polled.Environment, PolledProxy.Document("second"), CancellationToken.None);
        await Patience.UntilAsync(() => polled.Environment.Metrics.Streams.Events(StreamKind.Realtime) == 1, "the event");
        second.Dispose();
    }

    [Fact]
    public async Task Get_WithBody_400()
    {
        await using var polled = await PolledProxy.StartAsync(configure: static options => options with { Server = options.Server with { Http2CleartextPort = 0 } });
        using var client = Client(polled.Proxy);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sse/environments/env/stream") { Content = new StringContent("body") };

        using var answer = await client.SendAsync(Prepare(request));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The payload of the next DATA frame.</summary>
    private static async Task<string> ReadDataFrameAsync(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            var head = new byte[9];
            await stream.ReadExactlyAsync(head, patience.Token);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, patience.Token);
            if (head[3] == RawHttp2Connection.Data)
            {
                return Encoding.ASCII.GetString(payload);
            }
        }
    }

    private static HttpClient Client(TestProxy proxy) => new() { BaseAddress = proxy.LastAddress };

    private static HttpRequestMessage Prepare(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sse/environments/env/stream");
        var answer = await client.SendAsync(Prepare(request), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        return answer;
    }

    private static async Task<string> ReadToTheEndAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return Encoding.ASCII.GetString(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    private static Task PassTimeAsync(ManualTimeProvider time, Func<bool> holds, TimeSpan step) =>
        time.AdvanceUntilAsync(step, holds, "something to happen while time passes");
}
