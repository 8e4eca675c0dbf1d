using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary>
/// Configurations as the Flagsmith documentation has them for its own proxy, taken over unchanged but for where the API is
/// and where to listen, which come from stronger sources.
/// </summary>
public sealed class DropInTests : IDisposable
{
    private const string Pairs = """[{"server_side_key":"ser.your_server_side_key_1","client_side_key":"your_client_side_key_1"}]""";

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Members of the configurations other than the environments.</summary>
    public static TheoryData<string> Files =>
    [
        "{}",
        """{"api_poll_frequency_seconds":5,"logging":{"log_level":"DEBUG","log_format":"json"}}""",
        """{"api_poll_frequency":10,"api_poll_timeout":5,"api_url":"https://flagsmith.example/api/v1/"}""",
        """{"allow_origins":["https://www.example.com"]}""",
        """{"allow_origins":"*"}""",
        """{"endpoint_caches":{"flags":{"use_cache":true},"identities":{"use_cache":true,"cache_max_size":1000}}}""",
        """{"health_check":{"environment_update_grace_period_seconds":null}}""",
        """{"server":{"proxy_headers":true,"reload":false}}""",
        """{"logging":{"log_level":"INFO","log_format":"generic","log_event_field_name":"event","colours":true,"enable_access_log":true}}""",
        """{"logging":{"override":{"handlers":{"file":{"level":"INFO","class":"logging.FileHandler","filename":"edge-proxy.log","formatter":"json"}},"loggers":{"":{"handlers":["file"],"level":"INFO","propagate":true},"uvicorn.access":{"handlers":["file"],"level":"INFO","propagate":false}}}}}""",
    ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ConfigPath_FileOfThePythonProxy_Serves(string others)
    {
        var file = _directory.Combine("settings.json");
        var settings = JsonNode.Parse(others)!.AsObject();
        settings["environment_key_pairs"] = JsonNode.Parse(Pairs);
        await File.WriteAllTextAsync(file, settings.ToJsonString());

        await AssertServesAsync(_directory.Path, ("CONFIG_PATH", file));
    }

    [Fact]
    public async Task Variables_OfThePythonProxy_Serve()
    {
        await AssertServesAsync(
            _directory.Path,
            ("ENVIRONMENT_KEY_PAIRS", Pairs),
            ("API_POLL_FREQUENCY_SECONDS", "5"),
            ("LOGGING", """{"log_level":"DEBUG","log_format":"json"}"""),
            ("ENDPOINT_CACHES", """{"flags":{"use_cache":true}}"""),
            ("ALLOW_ORIGINS", """["*"]"""),
            ("WEB_CONCURRENCY", "2"));
    }

    [Fact]
    public async Task WorkingDirectory_HoldsConfigJson_Serves()
    {
        await File.WriteAllTextAsync(_directory.Combine("config.json"), $$"""{"environment_key_pairs":{{Pairs}}}""");

        await AssertServesAsync(_directory.Path);
    }

    private static async Task AssertServesAsync(string directory, params (string Name, string Value)[] variables)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.your_server_side_key_1", Encoding.UTF8.GetBytes(Documents.Small("your_client_side_key_1").ToJsonString()));
        var port = FreePort(); // not read from the log, which may be in a file
        using var program = EdgeProxyProcess.StartIn(
            directory,
            [.. variables, ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri), ("SERVER_HOST", "127.0.0.1"), ("SERVER_PORT", $"{port}")]);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Add("X-Environment-Key", "your_client_side_key_1");

        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    using var response = await client.GetAsync("/api/v1/flags/");
                    return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Contains("\"blue\"", StringComparison.Ordinal);
                }
                catch (HttpRequestException)
                {
                    return false; // not listening yet
                }
            },
            "the first flags");
        Assert.Equal(0, await program.StopAsync());
        Assert.Equal("", await program.ReadErrorAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
