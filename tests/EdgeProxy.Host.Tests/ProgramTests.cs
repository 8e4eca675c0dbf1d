using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests;

/// <summary>The real program as a process: what it prints, what it answers, how it ends.</summary>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task Demo_NothingConfigured_ServesAndSaysWhatToTry()
    {
        using var program = Start([], "--demo", "--port", "0", "--host", "127.0.0.1");
        var output = "";
        while (!Address().IsMatch(output))
        {
            output += await ReadLineAsync(program.StandardOutput);
        }

        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(output).Value) };
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
        Assert.Equal(0, await StopAsync(program));
        Assert.Equal("", await program.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Serve_LogAsJson_AnObjectALine()
    {
        using var program = Start(
            [("LOGGING", """{"log_format":"json","log_event_field_name":"event"}"""), ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.a","client_side_key":"a"}]"""), ("API_URL", "http://127.0.0.1:1/api/v1"), ("UNKNOWN", "x")],
            "--port", "0", "--host", "127.0.0.1");

        var line = JsonNode.Parse((await ReadLineAsync(program.StandardOutput))!)!;

        Assert.Equal("INFO", (string?)line["level"]);
        Assert.StartsWith("Listening on http://127.0.0.1:", (string?)line["event"], StringComparison.Ordinal);
        Assert.Equal(100, (int?)line["event_id"]);
        Assert.True(DateTimeOffset.TryParse((string?)line["timestamp"], out _));
        Assert.Equal(0, await StopAsync(program));
    }

    [Fact]
    public async Task Serve_NothingConfigured_ExitsWithEveryProblem()
    {
        using var program = Start([("SERVER_PORT", "many"), ("API_URL", "nowhere")]);

        var error = await program.StandardError.ReadToEndAsync();

        Assert.Equal(1, await ExitAsync(program));
        Assert.Contains("api_url: must be", error, StringComparison.Ordinal);
        Assert.Contains("server.port: must be", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoEnvironment_ExitsAndSaysHowToGiveOne()
    {
        using var program = Start([]);

        var error = await program.StandardError.ReadToEndAsync();

        Assert.Equal(1, await ExitAsync(program));
        Assert.Contains("environment_key_pairs: must list at least one environment", error, StringComparison.Ordinal);
        Assert.Contains("--demo", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortTaken_ExitsWithAPlainWord()
    {
        await using var other = await FakeUpstream.StartAsync();
        using var program = Start([], "serve", "--demo", "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        var error = await program.StandardError.ReadToEndAsync();

        Assert.Equal(1, await ExitAsync(program));
        Assert.Contains($"Cannot listen on 127.0.0.1 port {other.Address.Port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Asked_NamesEveryOption()
    {
        using var program = Start([], "--help");

        var output = await program.StandardOutput.ReadToEndAsync();

        Assert.Equal(0, await ExitAsync(program));
        foreach (var option in new[] { "--demo", "--environment-document", "--config", "--host", "--port", "serve" })
        {
            Assert.Contains(option, output, StringComparison.Ordinal);
        }
    }

    private static Process Start((string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "edge-proxy.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(), // where there is no config.json
        };
        start.Environment.Remove("CONFIG_PATH");
        foreach (var name in ProxyVariables)
        {
            start.Environment.Remove(name); // whoever runs the tests may be behind one
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        return await reader.ReadLineAsync(patience.Token);
    }

    private static async Task<int> StopAsync(Process program)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        return await ExitAsync(program);
    }

    private static async Task<int> ExitAsync(Process program)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await program.WaitForExitAsync(patience.Token);
        return program.ExitCode;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
