using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeProxy.Host.Testing;

/// <summary>A certificate that nobody vouches for, in PEM.</summary>
internal sealed record TestCertificate(string Thumbprint, string CertificatePem, string KeyPem)
{
    private const int Iterations = 1000; // nobody attacks these

    /// <summary>Makes one.</summary>
    /// <param name="password">The password of the encrypted key; null if it is not encrypted.</param>
    public static TestCertificate Create(string? password = null) =>
        Create(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30), password);

    /// <summary>Makes one with certain dates, to the second.</summary>
    public static TestCertificate Create(DateTimeOffset from, DateTimeOffset until, string? password = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=edge-proxy.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(from, until);
        var keyPem = password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations));
        return new TestCertificate(certificate.Thumbprint, certificate.ExportCertificatePem(), keyPem);
    }
}
