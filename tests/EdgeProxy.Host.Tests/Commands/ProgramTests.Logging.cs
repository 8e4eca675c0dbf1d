using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>Logging of the program.</content>
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

        string? text;
        do
        {
            text = await program.ReadLineAsync();
        }
        while (text?.Contains("\"path\"", StringComparison.Ordinal) == false);
        var line = JsonNode.Parse(text!)!;

        Assert.Equal("203.0.113.7", (string?)line["remote_ip"]);
        Assert.Equal("GET", (string?)line["method"]);
        Assert.Equal("/proxy/health/readiness", (string?)line["path"]);
        Assert.True((int?)line["status"] is 200 or 503);
        Assert.True((double?)line["duration_ms"] > 0);
        Assert.DoesNotContain("who=me", line.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task AccessLog_AsJson_EnvironmentAndRevisionOfTheAnswer()
    {
        using var program = EdgeProxyProcess.Start(
            [("LOGGING_ENABLE_ACCESS_LOG", "true"), ("LOGGING_LOG_FORMAT", "json"), ("SERVER_REVISION_HEADER", "true")], "--demo", "--host", "127.0.0.1", "--port", "0");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        client.DefaultRequestHeaders.Add("X-Environment-Key", "demo");
        var revision = "";
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await client.GetAsync("/api/v1/flags/");
                revision = response.IsSuccessStatusCode ? Assert.Single(response.Headers.GetValues("X-EdgeProxy-Revision")) : "";
                return response.IsSuccessStatusCode;
            },
            "the demo, which is compiled after the port is bound");

        string? text;
        do
        {
            text = await program.ReadLineAsync();
        }
        while (text?.Contains("\"status\":200", StringComparison.Ordinal) == false);
        var line = JsonNode.Parse(text!)!;

        Assert.Equal("Demo", (string?)line["environment"]);
        Assert.Equal("de…", (string?)line["key"]);
        Assert.Equal(revision, (string?)line["revision"]);
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

    [Fact]
    public async Task Override_FileHandlers_LinesInTheirFilesAlsoAfterRotation()
    {
        using var directory = new TemporaryDirectory();
        var (log, access) = (directory.Combine("proxy.log"), directory.Combine("access.log"));
        var logging = new JsonObject
        {
            ["enable_access_log"] = true,
            ["override"] = new JsonObject
            {
                ["version"] = 1,
                ["handlers"] = new JsonObject
                {
                    ["main"] = new JsonObject { ["class"] = "logging.FileHandler", ["filename"] = log, ["level"] = "INFO" },
                    ["access"] = new JsonObject { ["class"] = "logging.FileHandler", ["filename"] = access, ["formatter"] = "json" },
                    ["mail"] = new JsonObject { ["class"] = "logging.handlers.SMTPHandler" },
                    ["console"] = new JsonObject { ["class"] = "logging.StreamHandler" },
                },
                ["loggers"] = new JsonObject
                {
                    [""] = new JsonObject { ["handlers"] = new JsonArray("main", "console") },
                    ["uvicorn.access"] = new JsonObject { ["handlers"] = new JsonArray("access"), ["propagate"] = false },
                    ["urllib3"] = new JsonObject { ["level"] = "DEBUG" },
                },
            },
        };
        using var program = EdgeProxyProcess.Start([("LOGGING", logging.ToJsonString())], "--demo", "--host", "127.0.0.1", "--port", "0");
        string? warning;
        do
        {
            warning = await program.ReadLineAsync(); // what the demo says may come before
        }
        while (warning?.Contains("not supported, and ignored", StringComparison.Ordinal) == false);
        Assert.Contains("logging.override.handlers.mail, logging.override.loggers.urllib3", warning, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };

        await AskUntilLoggedAsync(client, access);
        File.Move(access, access + ".1");
        await AskUntilLoggedAsync(client, access);

        Assert.Equal(0, await program.StopAsync());
        foreach (var line in File.ReadAllLines(access).Concat(File.ReadAllLines(access + ".1")))
        {
            Assert.Equal("/proxy/health/liveness", (string?)JsonNode.Parse(line)!["path"]);
        }

        var lines = await File.ReadAllTextAsync(log);
        Assert.Contains("INFO EdgeProxy[100] Listening on ", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("liveness", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Override_FileOfTheRootLogger_ReplacesTheConsoleAndGetsTheAccessLog()
    {
        using var directory = new TemporaryDirectory();
        var log = directory.Combine("proxy.log");
        var port = FreePort();
        var logging = $$"""{"enable_access_log":true,"override":{"handlers":{"f":{"class":"logging.FileHandler","filename":"{{log}}"} },"root":{"handlers":["f"]} } }""";
        using var program = EdgeProxyProcess.Start([("LOGGING", logging)], "--demo", "--host", "127.0.0.1", "--port", $"{port}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Patience.UntilAsync(() => CanConnectAsync(client.BaseAddress), "the listener");

        (await client.GetAsync("/proxy/health/liveness")).Dispose();
        Assert.Equal(0, await program.StopAsync());

        Assert.DoesNotContain("Listening on", await program.ReadOutputAsync(), StringComparison.Ordinal);
        var lines = await File.ReadAllTextAsync(log);
        Assert.Contains("Listening on ", lines, StringComparison.Ordinal);
        Assert.Contains("GET /proxy/health/liveness 200", lines, StringComparison.Ordinal);
        Assert.Contains("Stopped with exit code 0", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsOfTheOtherProxiesWithoutEffect_Listed()
    {
        using var program = EdgeProxyProcess.Start(
            [("SERVER_RELOAD", "true"), ("WEB_CONCURRENCY", "4"), ("RUST_LOG", "info,hyper=warn"), ("ENDPOINT_CACHES_FLAGS_USE_CACHE", "true")], "--demo", "--host", "127.0.0.1", "--port", "0");

        var line = await program.ReadLineAsync();
        while (line?.Contains("Settings that have no effect: ", StringComparison.Ordinal) == false)
        {
            line = await program.ReadLineAsync();
        }

        Assert.NotNull(line);
        Assert.All(
            (string[])["server.reload (", "WEB_CONCURRENCY (", "RUST_LOG (", "endpoint_caches.flags.use_cache ("],
            name => Assert.Contains(name, line, StringComparison.Ordinal));
        await program.KillAsync();
    }

    [Fact]
    public async Task Override_FileThatCannotBeWritten_ServesAndSaysSo()
    {
        const string Logging = """{"override":{"handlers":{"f":{"class":"logging.FileHandler","filename":"/no/such/directory/f"},"c":{"class":"logging.StreamHandler"}},"root":{"handlers":["f","c"]}}}""";
        using var program = EdgeProxyProcess.Start([("LOGGING", Logging)], "--demo", "--host", "127.0.0.1", "--port", "0");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };

        using var answer = await client.GetAsync("/proxy/health/liveness");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await program.StopAsync());
        Assert.Equal(
            "The log file /no/such/directory/f cannot be written: there is no such file, nor the directory that it should be in. Lines are lost meanwhile; reported once a minute",
            (await program.ReadErrorAsync()).Trim());
    }

    [Fact]
    public async Task Log_EverythingWantedOfABusyRun_NoKeyWhole()
    {
        string[] keys = ["ser.aaaasecretserver", "bbbbsecretclient", "ccccsecretproxy", "ddddsecrettoken", "ser.eeeesecretunknown", "ffffsecretmalformed"];
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument(keys[0], System.Text.Encoding.UTF8.GetBytes(Documents.Small(keys[1]).ToJsonString()));
        using var program = EdgeProxyProcess.Start(
            [
                ("LOGGING", """{"log_level":"NOTSET","enable_access_log":true}"""),
                ("ENVIRONMENT_KEY_PAIRS", $$"""[{"server_side_key":"{{keys[0]}}","client_side_key":"{{keys[1]}}"}]"""),
                ("PROXY_KEY", keys[2]),
                ("SERVER_ADMIN_TOKEN", keys[3]),
                ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri),
                ("API_POLL_FREQUENCY_SECONDS", "0.1"),
            ],
            "--host", "127.0.0.1", "--port", "0");
        var address = await program.ReadAddressAsync();
        await using var connection = await RawConnection.OpenAsync(address);
        await Patience.UntilAsync(async () => (await connection.GetAsync("/api/v1/flags/", keys[1])).Status == 200, "the environment");
        foreach (var key in keys)
        {
            await connection.GetAsync($"/api/v1/flags/?key={key}", key);
            await connection.PostAsync("/api/v1/identities/", key, System.Text.Encoding.UTF8.GetBytes($$"""{"identifier":"{{key}}"}"""));
            await connection.GetAsync($"/api/v1/{key}", key);
            await using var malformed = await RawConnection.OpenAsync(address);
            await malformed.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: a\r\nX-Environment-Key {key}\r\n\r\n"));
            Assert.Equal(400, (await malformed.ReadResponseAsync()).Status);
        }

        await upstream.WaitForRequestsAsync(5);
        Assert.Equal(0, await program.StopAsync());

        var output = await program.ReadOutputAsync();
        Assert.Contains("GET /api/v1/flags/ 200", output, StringComparison.Ordinal);
        Assert.All(keys, key => Assert.DoesNotContain(key, output, StringComparison.Ordinal));
    }

    private static Task AskUntilLoggedAsync(HttpClient client, string file) => Patience.UntilAsync(
        async () =>
        {
            (await client.GetAsync("/proxy/health/liveness")).Dispose();
            return File.Exists(file);
        },
        "lines in the file");

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
