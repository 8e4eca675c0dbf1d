using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary>The commands of the real program: what they print, and how they end.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Pairs = """[{"server_side_key":"ser.a-long-secret-key","client_side_key":"a-long-client-key"}]""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task CheckConfig_Good_PrintsWhatIsSetWithoutSecrets()
    {
        var file = Write($$"""{"environment_key_pairs":{{Pairs}},"proxy_key":"a-long-proxy-key","server":{"admin_token":"a-long-token"},"api_uri":"x"}""");
        using var program = EdgeProxyProcess.Start([("SERVER_PORT", "9000")], "check-config", "--config", file);

        Assert.Equal(0, await program.ExitAsync());
        var output = await program.ReadOutputAsync();
        var printed = JsonNode.Parse(output)!;
        Assert.Equal("9000", (string?)printed["server"]!["port"]);
        Assert.Equal("ser.a-lo…", (string?)printed["environment_key_pairs"]![0]!["server_side_key"]);
        Assert.DoesNotContain("-key\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-long-t", output, StringComparison.Ordinal);
        Assert.Contains("api_uri (did you mean api_url?)", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_Bad_EveryProblemWithItsPathAndNoSecret()
    {
        var file = Write("""{"environment_key_pairs":[{"server_side_key":"a-long-secret-key","client_side_key":""}],"environment_documents":["missing.json"],"server":{"port":-1}}""");
        using var program = EdgeProxyProcess.Start([], "check-config", "--config", file);

        Assert.Equal(1, await program.ExitAsync());
        var error = await program.ReadErrorAsync();
        Assert.Contains("environment_key_pairs[0].server_side_key: must start with \"ser.\"", error, StringComparison.Ordinal);
        Assert.Contains("environment_key_pairs[0].client_side_key: must be", error, StringComparison.Ordinal);
        Assert.Contains("server.port: must be", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Equal("", await program.ReadOutputAsync());
    }

    [Fact]
    public async Task CheckConfig_FileThatIsNoJson_SaysWhere()
    {
        using var program = EdgeProxyProcess.Start([], "check-config", "--config", Write("{\n  \"api_url\": x\n}"));

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("is not a JSON object (line 2, byte 14)", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderConfig_NoFileThere_PrintsAndWritesWhatCheckConfigTakes()
    {
        var file = _directory.Combine("new.json");
        using var render = EdgeProxyProcess.Start([("CONFIG_PATH", file)], "render-config");

        Assert.Equal(0, await render.ExitAsync());
        var printed = JsonNode.Parse(await render.ReadOutputAsync())!;
        Assert.Equal(8000, (int?)printed["server"]!["port"]);
        Assert.Equal("INFO", (string?)printed["logging"]!["log_level"]);
        Assert.True(JsonNode.DeepEquals(printed, JsonNode.Parse(await File.ReadAllTextAsync(file))));

        using var check = EdgeProxyProcess.Start([("ENVIRONMENT_KEY_PAIRS", Pairs), ("CONFIG_PATH", file)], "check-config");
        Assert.Equal(0, await check.ExitAsync());
        Assert.StartsWith("The configuration is valid: 1 environment polled from ", await check.ReadErrorAsync(), StringComparison.Ordinal); // and nothing before
    }

    [Fact]
    public async Task RenderConfig_FileThere_LeftAsItIs()
    {
        var file = Write("{}");
        using var render = EdgeProxyProcess.Start([("CONFIG_PATH", file)], "render-config");

        Assert.Equal(0, await render.ExitAsync());
        Assert.Equal("{}", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Health_ProxyRuns_ReadyOrNot()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var ready = EdgeProxyProcess.Start([], "--demo", "--host", "127.0.0.1", "--port", "0");
        using var waiting = EdgeProxyProcess.Start(
            [("ENVIRONMENT_KEY_PAIRS", Pairs), ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri)], "--host", "127.0.0.1", "--port", "0");
        var readyAt = await ready.ReadAddressAsync();
        var waitingAt = await waiting.ReadAddressAsync();

        await Patience.UntilAsync(async () => await HealthAsync(readyAt.Port) == 0, "the demo to be ready");
        Assert.Equal(1, await HealthAsync(waitingAt.Port));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("check-config --help")]
    [InlineData("health --help")]
    [InlineData("render-config --help")]
    public async Task Help_OfEachCommand_ReadsWell(string arguments)
    {
        using var program = EdgeProxyProcess.Start([], arguments.Split(' '));

        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains("Usage:", await program.ReadOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_Unknown_NamedAndExitCodeOne()
    {
        using var program = EdgeProxyProcess.Start([], "--prot", "9000");

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("--prot", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    private static async Task<int> HealthAsync(int port)
    {
        using var program = EdgeProxyProcess.Start([], "health", "--port", $"{port}");
        return await program.ExitAsync();
    }

    private string Write(string content)
    {
        var file = _directory.Combine("config.json");
        File.WriteAllText(file, content);
        return file;
    }
}
