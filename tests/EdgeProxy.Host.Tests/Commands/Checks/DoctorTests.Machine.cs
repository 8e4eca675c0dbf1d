using System.Text;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Commands.Failures;
using EdgeProxy.Host.Tests.Fleet;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <content>Set-ups that are broken on the machine itself.</content>
public sealed partial class DoctorTests
{
    [Fact]
    public async Task Variable_Unknown_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Warnings, "Environment variables that name no setting, and are ignored: SERVER_PROT (did you mean SERVER_PORT?).", ApiUrl(upstream.Address), ("SERVER_PROT", "9000"));
    }

    [Fact]
    public async Task Configuration_Unusable_EachProblemAndNothingElse()
    {
        var (code, output) = await RunAsync(("LIMITS_MAX_TRAITS", "many"), ("LOGGING_LOG_LEVEL", "LOUD"));

        Assert.Equal(Failures, code);
        Assert.Contains("(environment variable LIMITS_MAX_TRAITS)", output, StringComparison.Ordinal);
        Assert.Contains("(environment variable LOGGING_LOG_LEVEL)", output, StringComparison.Ordinal);
        Assert.Contains("not checked: the proxy would not start with this configuration", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_AFile_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        var file = _directory.Combine("file");
        await File.WriteAllTextAsync(file, "");

        await AssertSaysAsync(Failures, $"{file} cannot be used: it is a file, not a directory", ApiUrl(upstream.Address), ("SNAPSHOT_DIRECTORY", file));
    }

    [Fact]
    public async Task Directory_WritableByAnyone_Named()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no such permission
        }

        await using var upstream = await StartUpstreamAsync();
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_111_111);

        await AssertSaysAsync(Warnings, "every user of this machine can change what the proxy serves after a restart", ApiUrl(upstream.Address), ("SNAPSHOT_DIRECTORY", _directory.Path));
    }

    [Fact]
    public async Task Directory_Usable_OwnerGroupAndPermissionsTold()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere the owner is not told
        }

        await using var upstream = await StartUpstreamAsync();
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_101_000);

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), ("SNAPSHOT_DIRECTORY", _directory.Path));

        Assert.Matches("snapshot directory .* can be written to by .*; owner .*, group .*, permissions rwxr-x---; [0-9]+ MB free", output);
        Assert.Equal(Well, code);
    }

    [Fact]
    public async Task CollectorSocketAndProxyKey_EachWrong_EachNamed()
    {
        await using var upstream = await StartUpstreamAsync();
        var socket = _directory.Combine("notes.txt");
        await File.WriteAllTextAsync(socket, "");

        var (code, output) = await RunAsync(
            ApiUrl(upstream.Address), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:18496"), ("OPERATORS_UNIX_SOCKET", socket), ("SERVER_ADMIN_TOKEN", "0123456789abcdef0123"), ("PROXY_KEY", "unknown-to-the-api"));

        Assert.Equal(Failures, code);
        Assert.Contains("metrics: http://127.0.0.1:18496/v1/metrics: connection refused by 127.0.0.1:18496", output, StringComparison.Ordinal);
        Assert.Contains($"operators.unix_socket: {socket} exists, and is no socket", output, StringComparison.Ordinal);
        Assert.Contains("proxy_key unknown-…: returned HTTP 403", output, StringComparison.Ordinal);
    }

    [NamespaceFact]
    public Task Directory_ReadOnly_Named() =>
        AssertDirectoryAsync(Failures, "the file system is read-only; mount a volume that can be written to", "mount -t tmpfs -o size=64k tmpfs \"$SNAPSHOT_DIRECTORY\"; mount -o remount,ro \"$SNAPSHOT_DIRECTORY\";");

    [NamespaceFact]
    public Task Directory_AlmostFull_Named() =>
        AssertDirectoryAsync(Warnings, "→ Free space, or use another disk: the documents may not fit.", "mount -t tmpfs -o size=64k tmpfs \"$SNAPSHOT_DIRECTORY\";");

    [Fact]
    public async Task Port_Taken_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var other = await FakeUpstream.StartAsync();

        var (code, output) = await RunWithAsync([ApiUrl(upstream.Address)], "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        Assert.Equal(Failures, code);
        Assert.Contains($"Cannot listen on 127.0.0.1 port {other.Address.Port}: the port is in use by another program (ss -ltnp shows it)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_TakenByAnEdgeProxy_Ok()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var other = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var (code, output) = await RunWithAsync([ApiUrl(upstream.Address)], "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        Assert.Contains($"an EdgeProxy listens on 127.0.0.1 port {other.Address.Port} already", output, StringComparison.Ordinal);
        Assert.Equal(Well, code);
    }

    [Fact]
    public async Task Host_NotOfThisMachine_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        var (code, output) = await RunWithAsync([ApiUrl(upstream.Address)], "--host", "192.0.2.1", "--port", "0");

        Assert.Equal(Failures, code);
        Assert.Contains("this machine does not have this address; set server.host to one that it has, or to 0.0.0.0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Descriptors_TooFew_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        using var program = EdgeProxyProcess.StartAs(
            "sh", ["-c", "ulimit -n 1024; exec dotnet \"$0\" \"$@\"", EdgeProxyProcess.Program, "doctor", "--host", "127.0.0.1", "--port", "0"],
            ("ENVIRONMENT_KEY_PAIRS", Pair), ApiUrl(upstream.Address));

        var (code, output) = await ReadAsync(program);

        Assert.Matches("limits\\.max_connections is 10000, but only [0-9]+ connections are accepted: the process may open 1024 files and sockets", output);
        Assert.Equal(Warnings, code);
    }

    [Fact]
    public async Task Memory_LimitTooSmall_Named()
    {
        // A document of which several copies do not fit into the heap.
        await using var upstream = await FakeUpstream.StartAsync();
        var document = Documents.Small("a-long-client-key");
        document["name"] = new string('x', 40 * 1024 * 1024);
        upstream.SetDocument("ser.a-long-secret-key", Encoding.UTF8.GetBytes(document.ToJsonString()));

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), ("DOTNET_GCHeapHardLimit", "0x5000000"), ("API_POLL_TIMEOUT_SECONDS", "20"));

        Assert.Matches("there is not enough memory for the document \\([0-9]+ MB may be used; raise the memory limit\\)|MB are left of the [0-9]+ MB that the process may use \\(DOTNET_GCHeapHardLimit\\)", output);
        Assert.Equal(Failures, code);
    }

    [Fact]
    public async Task Store_NotReachable_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Failures, "redis://127.0.0.1:18497: ", ApiUrl(upstream.Address), ("FLEET_STORE", "redis://user:a-secret-key@127.0.0.1:18497"));
    }

    [Fact]
    public async Task Store_Reachable_Ok()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Well, "0 instances of this fleet there", ApiUrl(upstream.Address), ("FLEET_STORE", StoreServer.Address), ("FLEET_PREFIX", StoreServer.NewPrefix()), ("FLEET_TIMEOUT_SECONDS", "5"));
    }

    [Fact]
    public async Task Token_EasyToGuess_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Warnings, "server.admin_token can be guessed: it has 6 characters, 3 different ones", ApiUrl(upstream.Address), ("SERVER_ADMIN_TOKEN", "abcabc"));
    }

    [Fact]
    public async Task Demo_NothingToFetch_ApiNotChecked()
    {
        using var program = EdgeProxyProcess.Start([("LIMITS_MAX_CONNECTIONS", "50")], "doctor", "--demo", "--host", "127.0.0.1", "--port", "0");

        var (code, output) = await ReadAsync(program);

        Assert.Contains("no environment is fetched from it", output, StringComparison.Ordinal);
        Assert.DoesNotContain("from this machine only", output, StringComparison.Ordinal);
        Assert.Equal(Well, code);
    }

    /// <summary>The snapshot directory is a small file system of its own.</summary>
    private async Task AssertDirectoryAsync(int code, string sentence, string mount)
    {
        await using var upstream = await StartUpstreamAsync();
        using var program = EdgeProxyProcess.StartAs(
            "unshare", ["-rm", "sh", "-c", $"{mount} exec dotnet \"$0\" \"$@\"", EdgeProxyProcess.Program, "doctor", "--host", "127.0.0.1", "--port", "0"],
            [.. Usual, ("SNAPSHOT_DIRECTORY", _directory.Path), ApiUrl(upstream.Address)]);

        var (actual, output) = await ReadAsync(program);

        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.Equal(code, actual);
    }
}
