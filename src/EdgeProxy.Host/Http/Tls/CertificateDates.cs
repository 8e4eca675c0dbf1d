using System.Security.Cryptography.X509Certificates;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>From when until when a certificate is valid.</summary>
/// <param name="From">The first moment.</param>
/// <param name="Until">The last moment.</param>
internal sealed record CertificateDates(DateTimeOffset From, DateTimeOffset Until)
{
    // Whoever renews automatically does so weeks before; a week is what is left to people who must.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Those of a certificate.</summary>
    public static CertificateDates Of(X509Certificate2 certificate) => new(new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));

    /// <summary>What they mean at a time.</summary>
    public CertificateState StateAt(DateTimeOffset now) =>
        now > Until ? CertificateState.Expired
        : now < From ? CertificateState.NotYetValid
        : Until - now < Soon ? CertificateState.ExpiresSoon
        : CertificateState.Valid;
}
