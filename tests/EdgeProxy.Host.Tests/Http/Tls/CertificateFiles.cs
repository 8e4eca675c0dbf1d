using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Tls;

/// <summary>The files of a certificate and its key.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The path of the certificate.</summary>
    public string CertificateFile => _directory.Combine("tls.crt");

    /// <summary>The settings that name them.</summary>
    public TlsOptions Options => new() { CertificateFile = CertificateFile, KeyFile = _directory.Combine("tls.key") };

    /// <summary>Puts a certificate and its key into them.</summary>
    /// <returns>The certificate.</returns>
    public TestCertificate Write(TestCertificate certificate)
    {
        File.WriteAllText(CertificateFile, certificate.CertificatePem);
        File.WriteAllText(Options.KeyPath, certificate.KeyPem);
        return certificate;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
