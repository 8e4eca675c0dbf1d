using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeProxy.Comparison;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>Both servers listen at the measured port, and speak the same protocol there.</summary>
public sealed class ProtocolServersTests
{
    private const string File = "/tmp/certificate.pem";
    private static readonly string[] Arguments = ["--demo"];

    [Fact]
    public void Commands_Plain_ThePortAndNothingElse()
    {
        Assert.Equal($"dotnet {Programs.Proxy} --demo --host 127.0.0.1 --port 18100", ProxyCommand(ClientProtocol.Plain));
        Assert.Equal("18100 500", BareArguments(ClientProtocol.Plain));
    }

    [Fact]
    public void Commands_Http2WithoutTls_ThePortOfHttp2()
    {
        var protocol = new ClientProtocol { IsHttp2 = true };

        Assert.Equal($"env SERVER_HTTP2_CLEARTEXT_PORT=18100 dotnet {Programs.Proxy} --demo --host 127.0.0.1 --port 0", ProxyCommand(protocol));
        Assert.Equal("18100 500 http2", BareArguments(protocol));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Commands_Tls_TheCertificate(bool isHttp2)
    {
        var protocol = new ClientProtocol { HasTls = true, IsHttp2 = isHttp2 };

        Assert.Equal(
            $"env SERVER_TLS_CERTIFICATE_FILE={File} SERVER_TLS_MINIMUM_VERSION=1.3 dotnet {Programs.Proxy} --demo --host 127.0.0.1 --port 18100",
            ProxyCommand(protocol));
        Assert.Equal($"18100 500 {File}", BareArguments(protocol));
    }

    [Fact]
    public void Certificate_Pem_HasItsKey_AndNoOtherIsAccepted()
    {
        using var certificate = X509Certificate2.CreateFromPem(MeasuredCertificate.Pem, MeasuredCertificate.Pem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var other = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));

        Assert.True(certificate.HasPrivateKey);
        Assert.True(MeasuredCertificate.IsOurs(this, certificate, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(MeasuredCertificate.IsOurs(this, other, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(MeasuredCertificate.IsOurs(this, null, null, SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    private static string ProxyCommand(ClientProtocol protocol) => string.Join(' ', ProtocolServers.ProxyCommand(protocol, 18100, File, Arguments));

    private static string BareArguments(ClientProtocol protocol) => string.Join(' ', ProtocolServers.BareArguments(protocol, 18100, 500, File));
}
