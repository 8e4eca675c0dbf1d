using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http.Tls;

/// <summary>TLS: which certificate clients see, when it changes, and what is agreed on with them.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_WithTls_AnsweredInTheVersionThatWasAgreedOn(string version)
    {
        var certificate = _files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync();
        using var client = Client(proxy);

        using var answer = await client.SendAsync(Flags(version));

        Assert.Equal(Uri.UriSchemeHttps, proxy.Address.Scheme);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.Equal(certificate.Thumbprint, await ThumbprintAsync(proxy));
    }

    [Fact]
    public async Task Request_Http2Off_Http11Agreed()
    {
        _files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync(http2: false);
        using var client = Client(proxy);
        using var request = Flags("2.0");
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpVersion.Version11, answer.Version);
    }

    [Fact]
    public async Task Request_ChainBehindTheCertificate_Sent()
    {
        var (own, issuer) = (TestCertificate.Create(), TestCertificate.Create());
        _files.Write(own with { CertificatePem = $"{own.CertificatePem}\n{issuer.CertificatePem}" });
        await using var proxy = await StartAsync();

        Assert.Equal(own.Thumbprint, await ThumbprintAsync(proxy));
    }

    [Fact]
    public async Task Request_KeyWithPassword_Opened()
    {
        var certificate = _files.Write(TestCertificate.Create("secret"));
        await using var proxy = await StartAsync(_files.Options with { KeyPassword = "secret" });

        Assert.Equal(certificate.Thumbprint, await ThumbprintAsync(proxy));
    }

    [Fact]
    public async Task Handshake_VersionBelowTheLeast_Refused()
    {
        _files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync(
            _files.Options with { Protocols = SslProtocols.Tls13 });

        await Assert.ThrowsAnyAsync<Exception>(() => ThumbprintAsync(proxy, SslProtocols.Tls12));
        Assert.NotEmpty(await ThumbprintAsync(proxy, SslProtocols.Tls13));
    }

    [Fact]
    public async Task Files_Replaced_NewConnectionsSeeIt()
    {
        _files.Write(TestCertificate.Create());
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time: time);
        using var connected = Client(proxy);
        (await connected.SendAsync(Flags("1.1"))).Dispose();

        var next = _files.Write(TestCertificate.Create());
        await Patience.UntilAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return await ThumbprintAsync(proxy) == next.Thumbprint;
            },
            "the new certificate");

        using var answer = await connected.SendAsync(Flags("1.1")); // the old connection lives on
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(proxy.Log.Entries, static entry => entry.EventId == EventIds.CertificateReloaded);
    }

    [Theory]
    [InlineData("no certificate", null)]
    [InlineData(null, "no key")]
    [InlineData("", "")]
    public async Task Files_ReplacedByBrokenOnes_TheOldPairStays(string? certificateContent, string? keyContent)
    {
        var first = _files.Write(TestCertificate.Create());
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time: time);

        var other = TestCertificate.Create();
        _files.Write(other with { CertificatePem = certificateContent ?? other.CertificatePem, KeyPem = keyContent ?? other.KeyPem });
        await Patience.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return proxy.Log.Entries.Any(static entry => entry.EventId == EventIds.CertificateRejected);
            },
            "the broken pair to be seen");

        Assert.Equal(first.Thumbprint, await ThumbprintAsync(proxy));
        Assert.Equal(LogLevel.Error, proxy.Log.Entries.First(static entry => entry.EventId == EventIds.CertificateRejected).Level);

        var last = _files.Write(TestCertificate.Create());
        await Patience.UntilAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return await ThumbprintAsync(proxy) == last.Thumbprint;
            },
            "the pair that is right again");
    }

    [Fact]
    public async Task Request_WithoutTlsToThePort_OthersUndisturbed()
    {
        _files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync();
        await using var plain = await RawConnection.OpenAsync(proxy.Address);
        await plain.SendAsync("GET / HTTP/1.1\r\nHost: test\r\n\r\n"u8.ToArray());
        using var client = Client(proxy);

        using var answer = await client.SendAsync(Flags("1.1"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<IOException>(plain.ReadResponseAsync);
    }

    public void Dispose() => _files.Dispose();

    private static HttpRequestMessage Flags(string version)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/flags/")
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("X-Environment-Key", "demo");
        return request;
    }

    private static HttpClient Client(TestProxy proxy)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler) { BaseAddress = proxy.Address };
    }

    private static async Task<string> ThumbprintAsync(TestProxy proxy, SslProtocols protocols = SslProtocols.None)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "edge-proxy.test",
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        });
        using var certificate = new X509Certificate2(tls.RemoteCertificate!);
        return certificate.Thumbprint;
    }

    private async Task<TestProxy> StartAsync(TlsOptions? tls = null, bool http2 = true, TimeProvider? time = null)
    {
        var options = new ProxyOptions
        {
            Demo = true,
            Tls = tls ?? _files.Options,
            Server = new ServerOptions { Http2 = http2 },
        };
        var proxy = await TestProxy.StartAsync(options, time);
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }
}
