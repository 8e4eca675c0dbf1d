using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>HTTP/2 on a port of its own, without TLS.</summary>
public sealed class Http2Tests
{
    [Fact]
    public async Task Requests_ManyOnOneConnection_AllAnswered()
    {
        await using var proxy = await StartAsync();
        using var client = Client(proxy);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var request = Request(HttpMethod.Post, "/api/v1/identities/");
            request.Content = new StringContent($$"""{"identifier":"user-{{i}}"}""");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpVersion.Version20, answer.Version);
            return (Expected: $"\"user-{i}\"", Body: await answer.Content.ReadAsStringAsync());
        }));

        Assert.All(bodies, static pair => Assert.Contains(pair.Expected, pair.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_Http11ToThePort_Refused()
    {
        await using var proxy = await StartAsync();
        using var client = Client(proxy);
        using var request = Request(HttpMethod.Get, "/proxy/health/liveness");
        request.Version = HttpVersion.Version11;

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await proxy.Client.GetAsync("/proxy/health/liveness")).StatusCode);
    }

    [Fact]
    public async Task Stop_RequestRunning_FinishedAndNoneTaken()
    {
        await using var proxy = await StartAsync();
        using var client = Client(proxy);
        var rest = new TaskCompletionSource();
        using var request = Request(HttpMethod.Post, "/api/v1/identities/");
        request.Content = new HaltingContent(rest.Task);
        var running = client.SendAsync(request);
        await ((HaltingContent)request.Content).Halted;

        var stopping = proxy.StopAsync();
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    // The connection was told to go away, so another is tried, and there is no listener any more.
                    using var late = await client.SendAsync(Request(HttpMethod.Get, "/proxy/health/liveness"));
                    return false;
                }
                catch (HttpRequestException)
                {
                    return true;
                }
            },
            "no further request to be taken");
        Assert.False(running.IsCompleted);
        rest.SetResult();

        using var answer = await running;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await stopping.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Shutdown_ConnectionIsOpen_ToldToGoAway()
    {
        const int FrameHead = 9;
        const byte Settings = 4;
        const byte GoAway = 7;
        await using var proxy = await StartAsync();
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(Patience.Limit);
        await client.ConnectAsync(Client(proxy).BaseAddress!.Host, Client(proxy).BaseAddress!.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), patience.Token);
        await stream.WriteAsync(new byte[] { 0, 0, 0, Settings, 0, 0, 0, 0, 0 }, patience.Token);
        var types = new List<byte>();
        while (!types.Contains(GoAway))
        {
            var head = new byte[FrameHead];
            await stream.ReadExactlyAsync(head, patience.Token);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], patience.Token);
            types.Add(head[3]);
            if (types.Count == 1)
            {
                Assert.Equal(Settings, head[3]); // the server speaks HTTP/2 by now
                _ = proxy.WaitForShutdownAsync();
                _ = proxy.Shutdown.RunAsync(TimeSpan.Zero);
            }
        }
    }

    private static async Task<TestProxy> StartAsync()
    {
        var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true, Server = new ServerOptions { Http2CleartextPort = 0 } });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private static HttpClient Client(TestProxy proxy)
    {
        var addresses = proxy.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new HttpClient { BaseAddress = new Uri(addresses.Last()) };
    }

    private static HttpRequestMessage Request(HttpMethod method, string target)
    {
        var request = new HttpRequestMessage(method, target)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("X-Environment-Key", "demo");
        return request;
    }
}
