using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeProxy.Comparison.Servers;

/// <summary>The certificate of the servers that are measured over TLS: made when it is first needed, and signed by itself.</summary>
internal static class MeasuredCertificate
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);
    private static readonly Lazy<(string Pem, string Hash)> Made = new(Make);

    /// <summary>The content of a PEM file with the certificate and its private key.</summary>
    public static string Pem => Made.Value.Pem;

    /// <summary>Validates the certificate of a server: this one is accepted, and no other.</summary>
    public static bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == Made.Value.Hash;

    private static (string Pem, string Hash) Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
        return ($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }
}
