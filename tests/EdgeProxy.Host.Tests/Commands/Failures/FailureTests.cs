using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands.Failures;

/// <summary>
/// The failures of docs/troubleshooting.md: the program is brought into each of them, and writes the line of the page.
/// </summary>
public sealed partial class FailureTests : IDisposable
{
    private const string Pair = """[{"server_side_key":"ser.a-long-key","client_side_key":"a-long-client-key"}]""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Page_EachRow_HasATest()
    {
        var tests = typeof(FailureTests).GetMethods().Select(static method => method.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(20, FailurePage.Names.Count);
        Assert.All(FailurePage.Names, name => Assert.Contains(tests, test => test.StartsWith(TestOf(name), StringComparison.Ordinal)));
    }

    [Fact]
    public Task WrongPath_Log_SaysSo() => AssertUpstreamLineAsync("wrong path", FakeUpstream.Status(404), path: "/");

    [Fact]
    public async Task DeadHost_Log_SaysSo()
    {
        await using var gone = await FakeUpstream.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();

        await AssertLineAsync("dead host", ("API_URL", new Uri(address, "/api/v1").AbsoluteUri));
    }

    [Fact]
    public Task Tls_Log_SaysSo() => AssertTlsLineAsync("TLS", TestCertificate.Create());

    [Fact]
    public Task Dns_Log_SaysSo() => AssertLineAsync("DNS", ("API_URL", "http://flagsmith.invalid/api/v1"), ("API_POLL_TIMEOUT_SECONDS", "20"));

    [Fact]
    public Task Status401_Log_SaysSo() => AssertUpstreamLineAsync("status 401", FakeUpstream.Status(401));

    [Fact]
    public Task Status403_Log_SaysSo() => AssertUpstreamLineAsync("status 403", FakeUpstream.Status(403));

    [Fact]
    public Task Status429_Log_SaysSo() => AssertUpstreamLineAsync("status 429", FakeUpstream.Status(429));

    [Fact]
    public Task Status500_Log_SaysSo() => AssertUpstreamLineAsync("status 500", FakeUpstream.Status(500));

    [Fact]
    public Task Hang_Log_SaysSo() =>
        AssertUpstreamLineAsync("hang", static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), variables: ("API_POLL_TIMEOUT_SECONDS", "0.5"));

    [Fact]
    public Task Garbage_Log_SaysSo() => AssertUpstreamLineAsync("garbage", static context => context.Response.WriteAsync("<html>Sign in</html>"));

    [Fact]
    public Task Huge_Log_SaysSo() =>
        AssertUpstreamLineAsync("huge", static context => context.Response.WriteAsync(new string(' ', 10_000)), variables: ("LIMITS_MAX_DOCUMENT_BYTES", "2048"));

    [Fact]
    public async Task Port_Error_SaysSo()
    {
        await using var other = await FakeUpstream.StartAsync();
        using var program = EdgeProxyProcess.Start([], "--demo", "--host", "127.0.0.1", "--port", $"{other.Address.Port}");

        await AssertErrorAsync("port", program);
    }

    [Fact]
    public async Task Descriptors_Log_SaysSo()
    {
        using var program = EdgeProxyProcess.StartAs(
            "sh", ["-c", "ulimit -n 1024; exec dotnet \"$0\" \"$@\"", EdgeProxyProcess.Program, "--demo", "--host", "127.0.0.1", "--port", "0"]);

        await AssertLineAsync("descriptors", program);
    }

    [Fact]
    public async Task Memory_Log_SaysSo()
    {
        // A document of which several copies do not fit into the heap: as text, as bytes, and compiled.
        var document = Documents.Small("a-long-client-key");
        document["name"] = new string('x', 40 * 1024 * 1024);
        await AssertUpstreamLineAsync(
            "memory", Document(document.ToJsonString()), variables: [("DOTNET_GCHeapHardLimit", "0x5000000"), ("API_POLL_TIMEOUT_SECONDS", "20")]);
    }

    [Fact]
    public Task Clock_Log_SaysSo()
    {
        var now = TimeProvider.System.GetUtcNow();
        return AssertTlsLineAsync("clock", TestCertificate.Create(now.AddDays(2), now.AddDays(9)));
    }

    [Fact]
    public Task ExpiredCertificate_Log_SaysSo()
    {
        var now = TimeProvider.System.GetUtcNow();
        return AssertTlsLineAsync("expired certificate", TestCertificate.Create(now.AddDays(-9), now.AddDays(-2)));
    }

    [Fact]
    public async Task ConfigTypo_Log_SaysSo()
    {
        using var program = EdgeProxyProcess.Start([("SERVER_PROT", "9000")], "--demo", "--host", "127.0.0.1", "--port", "0");

        await AssertLineAsync("config typo", program);
    }

    [Fact]
    public Task WrongKey_Log_SaysSo() => AssertUpstreamLineAsync("wrong key", Document(Documents.Small("another-client-key").ToJsonString()));

    [NamespaceFact]
    public Task DiskFull_Log_SaysSo() => AssertDiskLineAsync("disk full", "size=4k", "");

    [NamespaceFact]
    public Task ReadOnly_Log_SaysSo() => AssertDiskLineAsync("read-only", "size=64k", "mount -o remount,ro \"$SNAPSHOT_DIRECTORY\";");

    private static string TestOf(string failure)
    {
        var words = failure.Replace('-', ' ').Split(' ');
        return string.Concat(words.Select(static word => $"{char.ToUpperInvariant(word[0])}{(word.All(char.IsUpper) ? word[1..].ToLowerInvariant() : word[1..])}")) + "_";
    }
}
