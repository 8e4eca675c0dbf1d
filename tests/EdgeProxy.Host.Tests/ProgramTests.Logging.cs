using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests;

/// <content>What it logs.</content>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task AccessLog_AsJson_MembersOfTheirOwn()
    {
        using var program = EdgeProxyProcess.Start(
            [("LOGGING_ENABLE_ACCESS_LOG", "true"), ("LOGGING_LOG_FORMAT", "json"), ("SERVER_PROXY_HEADERS", "true"), ("FORWARDED_ALLOW_IPS", "10.0.0.0/8,127.0.0.1")],
            "--demo", "--host", "127.0.0.1", "--port", "0");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7, 10.1.1.1");
        (await client.GetAsync("/health?who=me")).Dispose();

        JsonNode line;
        do
        {
            line = JsonNode.Parse((await program.ReadLineAsync())!)!;
        }
        while (line["path"] is null);

        Assert.Equal("203.0.113.7", (string?)line["remote_ip"]);
        Assert.Equal("GET", (string?)line["method"]);
        Assert.Equal("/proxy/health/readiness", (string?)line["path"]);
        Assert.True((int?)line["status"] is 200 or 503);
        Assert.True((double?)line["duration_ms"] > 0);
        Assert.DoesNotContain("who=me", line.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task AccessLog_TerminalStandsStill_RequestsAnswered()
    {
        using var directory = new TemporaryDirectory();
        var pipe = directory.Combine("terminal");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        // Both ends of a pipe that nobody reads: it takes some lines, and then no more.
        var port = FreePort();
        using var program = EdgeProxyProcess.StartAs(
            "sh",
            ["-c", "exec dotnet \"$0\" \"$@\" 1<>\"$TERMINAL\"", EdgeProxyProcess.Program, "--demo", "--host", "127.0.0.1", "--port", $"{port}"],
            ("TERMINAL", pipe), ("LOGGING_ENABLE_ACCESS_LOG", "true"));
        var address = new Uri($"http://127.0.0.1:{port}");
        await Patience.UntilAsync(() => CanConnectAsync(address), "the listener");
        await using var connection = await RawConnection.OpenAsync(address);

        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(200, (await connection.GetAsync("/proxy/health/liveness", "demo")).Status);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> CanConnectAsync(Uri address)
    {
        try
        {
            await using var connection = await RawConnection.OpenAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
