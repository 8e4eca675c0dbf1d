using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary>The real program as a process: what it prints, what it answers, how it ends.</summary>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task Demo_NothingConfigured_ServesAndSaysWhatToTry()
    {
        using var program = EdgeProxyProcess.Start([], "--demo", "--port", "0", "--host", "127.0.0.1");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        await Patience.UntilAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/flags/?feature=dashboard");
                request.Headers.Add("X-Environment-Key", "demo");
                using var response = await client.SendAsync(request);
                return response.IsSuccessStatusCode
                    && (await response.Content.ReadAsStringAsync()).Contains("\"classic\"", StringComparison.Ordinal);
            },
            "the demo, which is compiled after the port is bound");
        Assert.Equal(0, await program.StopAsync());
        Assert.Equal("", await program.ReadErrorAsync());
    }

    [Fact]
    public async Task Serve_LogAsJson_AnObjectALine()
    {
        using var program = EdgeProxyProcess.Start(
            [("LOGGING", """{"log_format":"json","log_event_field_name":"event"}"""), ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.a","client_side_key":"a"}]"""), ("API_URL", "http://127.0.0.1:1/api/v1"), ("UNKNOWN", "x")],
            "--port", "0", "--host", "127.0.0.1");

        JsonNode line;
        do
        {
            line = JsonNode.Parse((await program.ReadLineAsync())!)!;
        }
        while ((int?)line["event_id"] != 100); // the upstream may have failed before

        Assert.Equal("INFO", (string?)line["level"]);
        Assert.StartsWith("Listening on http://127.0.0.1:", (string?)line["event"], StringComparison.Ordinal);
        Assert.True(DateTimeOffset.TryParse((string?)line["timestamp"], out _));
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task Serve_NothingConfigured_ExitsWithEveryProblem()
    {
        using var program = EdgeProxyProcess.Start([("SERVER_PORT", "many"), ("API_URL", "nowhere")]);

        var error = await program.ReadErrorAsync();

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("api_url: must be", error, StringComparison.Ordinal);
        Assert.Contains("server.port: must be", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoEnvironment_ExitsAndSaysHowToGiveOne()
    {
        using var program = EdgeProxyProcess.Start([]);

        var error = await program.ReadErrorAsync();

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("environment_key_pairs: must list at least one environment", error, StringComparison.Ordinal);
        Assert.Contains("--demo", error, StringComparison.Ordinal);
        Assert.Contains("no file was found: neither config.json in the working directory nor", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortTaken_ExitsWithAPlainWord()
    {
        await using var other = await FakeUpstream.StartAsync();
        using var program = EdgeProxyProcess.Start([], "serve", "--demo", "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        var error = await program.ReadErrorAsync();

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains($"Cannot listen on 127.0.0.1 port {other.Address.Port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Asked_NamesEveryOption()
    {
        using var program = EdgeProxyProcess.Start([], "--help");

        var output = await program.ReadOutputAsync();

        Assert.Equal(0, await program.ExitAsync());
        foreach (var option in new[] { "--demo", "--environment-document", "--config", "--host", "--port", "serve" })
        {
            Assert.Contains(option, output, StringComparison.Ordinal);
        }
    }
}
