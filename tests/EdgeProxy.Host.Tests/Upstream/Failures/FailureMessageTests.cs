using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using EdgeProxy.Host.Tests.Http.Tls;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Failures;

/// <summary>The first line about trouble: what failed, at which address, why in words, and what is served meanwhile.</summary>
public sealed class FailureMessageTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Log_NobodyListens_ConnectionRefused()
    {
        await using var gone = await FakeUpstream.StartAsync();
        var url = gone.Address;
        await gone.DisposeAsync();

        var message = await MessageAsync(new Uri(url, "/api/v1"));

        Assert.Contains($"GET {new Uri(url, "/api/v1/environment-document/")}: connection refused by 127.0.0.1:{url.Port} (nothing listens there; check api_url); nothing is loaded yet", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_HostDoesNotExist_NoSuchHost()
    {
        var message = await MessageAsync(new Uri("http://flagsmith.invalid:8000/api/v1"));

        Assert.Matches("no such host: flagsmith.invalid:8000|the name server does not answer for flagsmith.invalid:8000", message);
    }

    [Fact]
    public async Task Log_CertificateOfAnUnknownAuthority_WhoSignedItAndWhatToDo()
    {
        await using var upstream = await StartWithTlsAsync(TestCertificate.Create());

        var message = await MessageAsync(new Uri(upstream.Address, "/api/v1"));

        Assert.Contains("the TLS certificate of 127.0.0.1 is not trusted: it is signed by \"CN=edge-proxy.test\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_CertificateExpired_Since()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var upstream = await StartWithTlsAsync(TestCertificate.Create(now.AddDays(-9), now.AddDays(-2)));

        var message = await MessageAsync(new Uri(upstream.Address, "/api/v1"));

        Assert.Contains($"the TLS certificate of 127.0.0.1 expired at {now.AddDays(-2):yyyy-MM-dd}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_PlainHttpWhereTlsIsExpected_TheHandshake()
    {
        await using var upstream = await FakeUpstream.StartAsync();

        var message = await MessageAsync(new Uri($"https://127.0.0.1:{upstream.Address.Port}/api/v1"));

        Assert.Contains("the TLS handshake with 127.0.0.1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1", "returned HTTP 404 (is api_url the address of a Flagsmith API?)")]
    [InlineData("/", "returned HTTP 404 (is /api/v1 missing from api_url?)")]
    public async Task Log_NotFound_AHint(string path, string expected)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(404);

        Assert.Contains(expected, await MessageAsync(new Uri(upstream.Address, path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_FailsWhileSomethingIsLoaded_StillServingAndHowOld()
    {
        await using var polled = await PolledProxy.StartAsync();

        await polled.PollAsync(UpstreamFaults.Named("status 500"));

        var entry = await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Matches("Environment 'Test' \\([^)]*…\\) was not updated: GET http://127.0.0.1:[0-9]+/api/v1/environment-document/: returned HTTP 500 \\(the API, or a proxy before it, has a fault; check its status\\); still serving the document that was fetched or confirmed [0-9]+ s ago", entry.Message);
    }

    [Fact]
    public async Task Log_AnyFault_NoNameOfAnExceptionOrConstant()
    {
        await using var polled = await PolledProxy.StartAsync();

        foreach (var fault in UpstreamFaults.All.Where(static fault => !fault.IsExpensive && fault.HangsAt == 0))
        {
            await polled.PollAsync(fault);
            Assert.DoesNotMatch("Exception|Error\\b|[a-z][A-Z][a-z]+Error", polled.Freshness.LastError!.Message);
        }
    }

    private async Task<TestProxy> StartWithTlsAsync(TestCertificate certificate)
    {
        _files.Write(certificate);
        return await TestProxy.ServeAsync(new ProxyOptions { Tls = _files.Options }, Documents.Small("env").ToJsonString());
    }

    private static async Task<string> MessageAsync(Uri apiUrl)
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = apiUrl, ApiPollTimeout = TimeSpan.FromSeconds(20) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        });
        return (await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed)).Message;
    }
}
