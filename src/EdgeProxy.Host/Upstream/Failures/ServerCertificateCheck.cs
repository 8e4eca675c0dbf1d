using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Validates certificates of upstreams as the platform does, and describes their errors in words.</summary>
internal static class ServerCertificateCheck
{
    /// <summary>Accepts a certificate only if the platform does.</summary>
    /// <exception cref="CertificateRejectedException">It is not; the message says why.</exception>
    public static bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
        {
            var host = (sender as SslStream)?.TargetHostName ?? "the server";
            throw new CertificateRejectedException($"the TLS certificate of {host} {Describe(certificate as X509Certificate2, chain, errors)}");
        }

        return errors == SslPolicyErrors.None;
    }

    private static string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "is missing";
        }

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        var now = TimeProvider.System.GetUtcNow(); // the clock that the platform uses
        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) && new DateTimeOffset(certificate.NotAfter) < now => $"expired at {Time(certificate.NotAfter)} (renew it where the API runs)",
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) && new DateTimeOffset(certificate.NotBefore) > now =>
                $"is valid only from {Time(certificate.NotBefore)} (is the clock of this machine right?)",
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => "is signed by an authority whose certificate expired",
            _ when status.HasFlag(X509ChainStatusFlags.Revoked) => "is revoked",
            _ when (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != X509ChainStatusFlags.NoError =>
                $"is not trusted: it is signed by \"{certificate.Issuer}\", which this machine does not know (install its certificate, or set SSL_CERT_FILE)",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"is for another name: \"{certificate.Subject}\"",
            _ => "is not valid",
        };
    }

    private static string Time(DateTime time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);
}
