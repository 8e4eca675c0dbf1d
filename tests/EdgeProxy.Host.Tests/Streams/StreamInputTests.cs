using System.Net.Sockets;
using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Bytes that clients of streams send although nobody reads them.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class StreamInputTests
{
    [Fact]
    public async Task Client_SendsWithoutEnd_ServerBuffersAHundredKilobytesAtMost()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 16 * 1024 };
        await client.ConnectAsync(proxy.Proxy.Address.Host, proxy.Proxy.Address.Port);
        await client.SendAsync("GET /sse/environments/env/stream HTTP/1.1\r\nHost: test\r\n\r\n"u8.ToArray());
        await Patience.UntilAsync(() => proxy.Open == 1, "the stream");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // As much as the connection takes: once the server does not read any more, the system's buffers are full.
        client.Blocking = false;
        var garbage = new byte[16 * 1024];
        var full = 0;
        while (full < 50)
        {
            try
            {
                client.Send(garbage);
                full = 0;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                full++;
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 400 * 1024);
        await proxy.PublishAsync("second");
        var received = new byte[4096];
        await Patience.UntilAsync(() => proxy.Events == 1, "the event");
        client.Blocking = true;
        Assert.Contains("HTTP/1.1 200", Encoding.ASCII.GetString(received, 0, client.Receive(received)), StringComparison.Ordinal);
    }
}
