using System.Security.Cryptography.X509Certificates;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>The validity period of a certificate.</summary>
/// <param name="From">The first moment.</param>
/// <param name="Until">The last moment.</param>
internal sealed record CertificateDates(DateTimeOffset From, DateTimeOffset Until)
{
    // Automatic renewal happens weeks before; a week is what remains for a manual one.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Reads the period of a certificate.</summary>
    public static CertificateDates Of(X509Certificate2 certificate) => new(new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));

    /// <summary>Determines the state at a time.</summary>
    public CertificateState StateAt(DateTimeOffset now) =>
        now > Until ? CertificateState.Expired
        : now < From ? CertificateState.NotYetValid
        : Until - now < Soon ? CertificateState.ExpiresSoon
        : CertificateState.Valid;
}
