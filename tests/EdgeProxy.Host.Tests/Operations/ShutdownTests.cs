using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>The proxy is told to stop: who is served, and for how long.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Stop_BeforeTheDelayIsOver_NotReadyButServing()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time);

        var running = proxy.Shutdown.RunAsync(Delay);

        await AssertNotReadyAsync(proxy);
        using (var early = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo"))
        {
            Assert.Equal(HttpStatusCode.OK, early.StatusCode);
            Assert.NotEqual(true, early.Headers.ConnectionClose);
        }

        time.Advance(Delay / 2);
        await Patience.UntilAsync(
            async () =>
            {
                using var late = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo");
                Assert.Equal(HttpStatusCode.OK, late.StatusCode);
                return late.Headers.ConnectionClose == true;
            },
            "answers that close their connection");
        await AssertNotReadyAsync(proxy);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Stop_DelayIsOver_RunningRequestIsFinishedAndNoneTaken()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time);
        await using var running = await RawConnection.OpenAsync(proxy.Address);
        await running.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: demo\r\nContent-Length: 20\r\n\r\n{\"identifier\""u8.ToArray());
        await using var idle = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(200, (await idle.GetAsync("/api/v1/flags/", "demo")).Status);

        var stopping = proxy.WaitForShutdownAsync();
        var sequence = proxy.Shutdown.RunAsync(Delay);
        await AdvanceToTheEndAsync(time, sequence);

        await Assert.ThrowsAsync<EndOfStreamException>(idle.ReadResponseAsync);
        await Patience.UntilAsync(() => IsRefusedAsync(proxy.Address), "the listener to be closed");
        Assert.False(stopping.IsCompleted);
        await running.SendAsync(":\"bob\"}"u8.ToArray());
        var answer = await running.ReadResponseAsync();
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"bob\"", answer.Body, StringComparison.Ordinal);
        await stopping.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Stop_RequestThatDoesNotEnd_CutOffAfterTheLimit()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time, limit: TimeSpan.FromSeconds(0.2));
        await using var stuck = await RawConnection.OpenAsync(proxy.Address);
        await stuck.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: demo\r\nContent-Length: 20\r\n\r\n{"u8.ToArray());

        var stopping = proxy.WaitForShutdownAsync();
        await proxy.Shutdown.RunAsync(TimeSpan.Zero);

        await Task.WhenAny(stopping).WaitAsync(Patience.Limit); // in whatever way it ends
        await Assert.ThrowsAnyAsync<IOException>(stuck.ReadResponseAsync);
    }

    private static Task<TestProxy> StartAsync(TimeProvider time, TimeSpan? limit = null) => StartLoadedAsync(
        new ProxyOptions { Demo = true, Shutdown = new ShutdownOptions { Timeout = limit ?? Patience.Limit } }, time);

    private static async Task<TestProxy> StartLoadedAsync(ProxyOptions options, TimeProvider time)
    {
        var proxy = await TestProxy.StartAsync(options, time);
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private static async Task AdvanceToTheEndAsync(ManualTimeProvider time, Task sequence)
    {
        await Patience.UntilAsync(
            () =>
            {
                time.Advance(Delay / 2);
                return sequence.IsCompleted;
            },
            "the end of the sequence");
        await sequence;
    }

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task AssertNotReadyAsync(TestProxy proxy)
    {
        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("shutting down.", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["reason"]);
        using var alive = await proxy.Client.GetAsync("/proxy/health/liveness");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
