using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary><c>edge-proxy doctor</c>: set-ups that are broken on the way to the API or there, and the cause that it names.</summary>
public sealed partial class DoctorTests : IDisposable
{
    private const string Pair = """[{"server_side_key":"ser.a-long-secret-key","client_side_key":"a-long-client-key"}]""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Doctor_GoodSetUp_AllIsWell()
    {
        await using var upstream = await StartUpstreamAsync();

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), ("SNAPSHOT_DIRECTORY", _directory.Path), ("SERVER_ADMIN_TOKEN", "0123456789abcdef0123"));

        Assert.EndsWith("All is well.", output, StringComparison.Ordinal);
        Assert.Equal(Well, code);
        Assert.Contains("environment ser.a-lo…: OK, \"Test\" with 4 features; 0.00", output, StringComparison.Ordinal);
        Assert.Contains($"api_url = {new Uri(upstream.Address, "/api/v1")} (environment variable API_URL)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abc", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_StatusAndResults()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.Behaviour = FakeUpstream.Status(403);

        var (code, output) = await RunWithAsync([ApiUrl(upstream.Address)], "--port", "0", "--json");

        var report = JsonNode.Parse(output)!;
        Assert.Equal(Failures, code);
        Assert.Equal("failure", (string?)report["status"]);
        var key = Assert.Single(report["results"]!.AsArray(), static result => (string?)result!["check"] == "key")!;
        Assert.Equal("environment ser.a-lo…: returned HTTP 403", (string?)key["message"]);
        Assert.Contains("not revoked", (string?)key["advice"], StringComparison.Ordinal);
    }

    [Fact]
    public Task ApiUrl_WithoutItsPath_Named() => AssertUpstreamAsync(Failures, "returned HTTP 404 (is /api/v1 missing from api_url?)", FakeUpstream.Status(404), path: "/");

    [Fact]
    public async Task Keys_OfTwoEnvironmentsSwapped_Named()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("first-client-key").ToJsonString()));
        upstream.SetDocument("ser.b-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("second-client-key").ToJsonString()));
        const string Pairs = """[{"server_side_key":"ser.a-long-secret-key","client_side_key":"second-client-key"},{"server_side_key":"ser.b-long-secret-key","client_side_key":"first-client-key"}]""";

        await AssertSaysAsync(Failures, "first-cl… is in another pair: the keys of two environments are swapped", ApiUrl(upstream.Address), ("ENVIRONMENT_KEY_PAIRS", Pairs));
    }

    [Fact]
    public async Task Keys_ClientAndServerSwappedInOnePair_Named()
    {
        await AssertSaysAsync(
            Failures, "environment_key_pairs[0].server_side_key: must start with \"ser.\"", ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"a-long-client-key","client_side_key":"ser.a-long-secret-key"}]"""));
    }

    [Fact]
    public async Task Key_OfAnotherEnvironment_Named()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("another-client-key").ToJsonString()));

        await AssertSaysAsync(Failures, "the document belongs to the client-side key another-…, and the configuration has a-long-c… beside this server-side key", ApiUrl(upstream.Address));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public Task Key_Revoked_Named(int status) => AssertUpstreamAsync(Failures, "→ Check that the key pair is correct, that the key is not revoked, and that api_url is the API it belongs to.", FakeUpstream.Status(status));

    [Fact]
    public Task Certificate_OfAPrivateAuthority_Named() =>
        AssertTlsAsync("is not trusted: it is signed by \"CN=edge-proxy.test\", which this machine does not know (install its certificate, or set SSL_CERT_FILE)", TestCertificate.Create());

    [Fact]
    public Task Certificate_Expired_Named()
    {
        var now = TimeProvider.System.GetUtcNow();
        return AssertTlsAsync($"expired at {now.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", TestCertificate.Create(now.AddDays(-9), now.AddDays(-2)));
    }

    [Fact]
    public Task Certificate_OfTheFuture_ClockNamed()
    {
        var now = TimeProvider.System.GetUtcNow();
        return AssertTlsAsync("(is the clock of this machine right?)", TestCertificate.Create(now.AddDays(2), now.AddDays(9)));
    }

    [Theory]
    [InlineData(-10, "the clock of this machine is 10 min ahead of that of the API")]
    [InlineData(10, "the clock of this machine is 10 min behind that of the API")]
    public async Task Clock_TenMinutesOff_Named(int minutes, string sentence)
    {
        await using var upstream = await StartUpstreamAsync();
        var clock = new ManualTimeProvider();
        clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        upstream.Time = clock;

        await AssertSaysAsync(Warnings, sentence, ApiUrl(upstream.Address));
    }

    [Fact]
    public async Task ProxyVariable_OfAProxyThatIsGone_NamedWithTheVariable()
    {
        var (code, output) = await RunAsync(("API_URL", "http://flagsmith.example/api/v1"), ("HTTP_PROXY", "http://127.0.0.1:18499"));

        Assert.Equal(Failures, code);
        Assert.Contains("requests to flagsmith.example go through http://127.0.0.1:18499 (environment variable HTTP_PROXY)", output, StringComparison.Ordinal);
        Assert.Contains("connection refused by 127.0.0.1:18499 (nothing listens there; check HTTP_PROXY)", output, StringComparison.Ordinal);
        Assert.Contains("→ If they should not, add flagsmith.example to NO_PROXY.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyVariable_ForThisMachine_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var proxy = await FakeUpstream.StartAsync();

        await AssertSaysAsync(Failures, "which does not reach this machine's own addresses", ApiUrl(upstream.Address), ("http_proxy", proxy.Address.AbsoluteUri));
    }

    [Fact]
    public async Task ProxyVariable_NoAddress_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Warnings, "ALL_PROXY is ignored: it is no address of a proxy", ApiUrl(upstream.Address), ("ALL_PROXY", "ftp://proxy"));
    }

    [Fact]
    public async Task Name_NotFound_Named()
    {
        var (code, output) = await RunAsync(("API_URL", "http://flagsmith.invalid/api/v1"), ("API_POLL_TIMEOUT_SECONDS", "20"));

        Assert.Equal(Failures, code);
        Assert.Matches("✗ DNS .*flagsmith\\.invalid:80 \\(check api_url and DNS\\)", output);
        Assert.Contains("not checked: there is no way to the API", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_Refused_Named()
    {
        await using var gone = await FakeUpstream.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();

        await AssertSaysAsync(Failures, $"connection refused by 127.0.0.1:{address.Port} (nothing listens there; check api_url)", ApiUrl(address));
    }

    [Fact]
    public Task Api_TooManyRequests_Named() => AssertUpstreamAsync(Failures, "returned HTTP 429 (too many requests; is api_poll_frequency_seconds too short?)", FakeUpstream.Status(429));

    [Fact]
    public Task Api_Fault_Named() => AssertUpstreamAsync(Failures, "returned HTTP 500 (the API, or a proxy before it, has a fault; check its status)", FakeUpstream.Status(500));

    [Fact]
    public Task Api_Hangs_Named() =>
        AssertUpstreamAsync(Failures, "no answer within 0.5 s (raise api_poll_timeout_seconds if the API is slow)", FakeUpstream.Hang, variables: ("API_POLL_TIMEOUT_SECONDS", "0.5"));

    [Fact]
    public Task Api_HtmlInsteadOfJson_Named() =>
        AssertUpstreamAsync(Failures, "It is an HTML page: is api_url the address of the API, and not of the web interface or of a login page?", static context => context.Response.WriteAsync("\n<!doctype html><html>Sign in</html>"));

    [Fact]
    public Task Api_RedirectToALoginPage_Named() => AssertUpstreamAsync(
        Failures,
        "redirected to another host, https://login.example, which is not followed: it would be sent the key (correct api_url)",
        static context =>
        {
            context.Response.Redirect("https://login.example/sign-in");
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Api_PlainHttpOnATlsPort_Named()
    {
        using var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        await using var upstream = await TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());

        await AssertSaysAsync(Failures, $"127.0.0.1:{upstream.Address.Port} speaks TLS, but api_url begins with http://", ("API_URL", $"http://127.0.0.1:{upstream.Address.Port}/api/v1"));
    }

    [Fact]
    public async Task Api_TlsOnAPlainPort_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Failures, $"the TLS handshake with 127.0.0.1:{upstream.Address.Port} failed (does it speak TLS there?)", ("API_URL", $"https://127.0.0.1:{upstream.Address.Port}/api/v1"));
    }

    [Fact]
    public async Task Analytics_NotThere_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.Behaviour = context => context.Request.Path.StartsWithSegments("/api/v1/analytics", StringComparison.Ordinal) ? FakeUpstream.Status(404)(context) : upstream.AnswerWithDocumentAsync(context);

        await AssertSaysAsync(Warnings, "/api/v1/analytics/flags/ returned HTTP 404: what SDKs send there is lost", ApiUrl(upstream.Address));
    }

    [Fact]
    public async Task EventsUrl_Wrong_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(
            Failures, "http://127.0.0.1:18498/v1/events: connection refused by 127.0.0.1:18498 (nothing listens there; check events.api_url)", ApiUrl(upstream.Address), ("EVENTS_API_URL", "http://127.0.0.1:18498"));
    }

    [Fact]
    public async Task StreamUrl_Wrong_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var other = await FakeUpstream.StartAsync();
        other.Behaviour = FakeUpstream.Status(404);

        await AssertSaysAsync(
            Failures,
            "returned HTTP 404: it knows no environment with this key, or has no streams (check realtime.url, which has no /api/v1)",
            ApiUrl(upstream.Address), ("REALTIME_URL", other.Address.AbsoluteUri));
    }

    [Fact]
    public async Task StreamUrl_Right_Ok()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var service = await FakeUpstream.StartAsync();
        service.Behaviour = static async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await FakeUpstream.Hang(context);
        };

        await AssertSaysAsync(Well, "announces changes", ApiUrl(upstream.Address), ("REALTIME_URL", service.Address.AbsoluteUri));
    }
}
