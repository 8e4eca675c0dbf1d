using System.Text;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Clients that mean harm, or behave as if they did.</summary>
public sealed class HostileStreamTests
{
    [Theory]
    [InlineData("/sse/environments/env/stream", "Content-Length: 5\r\n\r\nhello")]
    [InlineData("/sse/environments/env/stream", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("/ofrep/v1/events?environment=env", "Content-Length: 5\r\n\r\nhello")]
    [InlineData("/ofrep/v1/events?environment=env", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task Get_WithBody_400AndClosed(string target, string rest)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(proxy.Proxy.Address);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: test\r\n{rest}"));

        Assert.Equal(400, (await connection.ReadResponseAsync()).Status);
        await connection.ReadToTheEndAsync();
    }

    [Fact]
    public async Task Clients_ConnectAndDisconnectAtOnce_NothingIsLeft()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxStreams = 100_000, MaxRealtimeAge = TimeSpan.Zero });
        await using var stays = await proxy.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            for (var i = 0; i < 50; i++)
            {
                var client = await RawStream.RequestAsync(proxy.Proxy.Address, "env");
                if (i % 2 == 0)
                {
                    await client.ReadHeadAsync();
                }

                await client.DisposeAsync();
            }
        }));

        await Patience.UntilAsync(() => proxy.Open == 1, "the ends of all streams");
        await proxy.PublishAsync("second");
        Assert.Contains("environment_updated", await stays.ReadChunkAsync(), StringComparison.Ordinal);
        await Patience.UntilAsync(async () => (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_connections") <= 2, "the connections to be closed");
    }

    [Fact]
    public async Task Clients_ThousandsOfUnknownKeys_OthersAreServed()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxStreams = 500, MaxRealtimeAge = TimeSpan.Zero });
        var clients = new List<RawStream>();
        for (var i = 0; i < 1000; i++)
        {
            clients.Add(await RawStream.RequestAsync(proxy.Proxy.Address, $"unknown-{i}"));
        }

        Assert.NotEmpty(await proxy.Proxy.GetAsync("/api/v1/flags/", "env"));
        await using var stream = await proxy.OpenAsync(); // waiting requests take no place of streams
        var answers = clients.Select(static client => client.ReadHeadAsync()).ToArray();
        await proxy.PassTimeUntilAsync(Task.WhenAll(answers), TimeSpan.FromSeconds(0.5));
        Assert.All(answers, static answer => Assert.Equal(404, answer.Result));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Client_ReconnectsWithoutPauseAndUnknownKey_OneAnswerASecond()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var client = await RawStream.RequestAsync(proxy.Proxy.Address, "nobody");
        for (var second = 1; second <= 3; second++)
        {
            var answer = client.ReadHeadAsync();
            await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            Assert.False(answer.IsCompleted);
            proxy.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(404, await answer);
            await client.SkipAsync("""{"detail":"Not Found: no environment with this client-side key"}""");
            await client.RequestAsync("nobody");
        }
    }
}
