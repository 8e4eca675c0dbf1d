using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>The JSON log, from the first line to the last.</content>
public sealed partial class ProgramTests
{
    private const string Pair = """[{"server_side_key":"ser.a-long-key","client_side_key":"a-long-client-key"}]""";

    [Fact]
    public async Task JsonLog_FetchFails_UrlStatusCauseAndTheEnvironmentAsMembers()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(503);
        using var program = EdgeProxyProcess.Start(
            [("LOGGING_LOG_FORMAT", "json"), ("ENVIRONMENT_KEY_PAIRS", Pair), ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri)], "--port", "0", "--host", "127.0.0.1");

        var line = await ReadEventAsync(program, 300);

        Assert.Equal("a-long-c…", (string?)line["key"]);
        Assert.Equal(new Uri(upstream.Address, "/api/v1/environment-document/").AbsoluteUri, (string?)line["url"]);
        Assert.Equal(503, (int?)line["status"]);
        Assert.StartsWith("returned HTTP 503 (", (string?)line["cause"], StringComparison.Ordinal);
        Assert.InRange((double?)line["duration_ms"] ?? -1, 0, Patience.Limit.TotalMilliseconds);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task JsonLog_Ends_TheLastLineSaysSo()
    {
        using var program = EdgeProxyProcess.Start([("LOGGING_LOG_FORMAT", "json")], "--demo", "--port", "0", "--host", "127.0.0.1");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        (await client.GetAsync("/proxy/health/liveness")).Dispose();

        Assert.Equal(0, await program.StopAsync());

        var last = JsonNode.Parse((await program.ReadOutputAsync()).Split('\n')[^1])!;
        Assert.Equal(112, (int?)last["event_id"]);
        Assert.Matches("^Stopped with exit code 0 after [0-9]+ s; answered 1 request$", (string?)last["message"]);
    }

    [Fact]
    public async Task JsonLog_ConfigurationInvalid_AnObjectForEachProblem()
    {
        using var program = EdgeProxyProcess.Start([("LOGGING_LOG_FORMAT", "json"), ("SERVER_PORT", "many"), ("API_URL", "nowhere")], "serve");

        Assert.Equal(1, await program.ExitAsync());

        var lines = (await program.ReadErrorAsync()).Trim().Split('\n').Select(static line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, static line => Assert.Equal(110, (int?)line["event_id"]));
        Assert.All(lines, static line => Assert.Equal("CRITICAL", (string?)line["level"]));
        Assert.Equal("server.port: must be a whole number from 0 to 65535, not \"many\" (environment variable SERVER_PORT)", (string?)lines[1]["cause"]);
    }

    [Fact]
    public async Task JsonLog_PortTaken_AnObject()
    {
        await using var other = await FakeUpstream.StartAsync();
        using var program = EdgeProxyProcess.Start([("LOGGING_LOG_FORMAT", "json")], "--demo", "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        Assert.Equal(1, await program.ExitAsync());

        var line = JsonNode.Parse((await program.ReadErrorAsync()).Trim())!;
        Assert.Equal(111, (int?)line["event_id"]);
        Assert.StartsWith($"Cannot listen on 127.0.0.1 port {other.Address.Port}: the port is in use", (string?)line["message"], StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ReadEventAsync(EdgeProxyProcess program, int id)
    {
        while (await program.ReadLineAsync() is { } text)
        {
            if (JsonNode.Parse(text) is { } line && (int?)line["event_id"] == id)
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without the event {id}: {await program.ReadErrorAsync()}");
    }
}
