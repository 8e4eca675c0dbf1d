namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>The upstream's certificate is not trusted; the message says why, and is safe for a log.</summary>
internal sealed class CertificateRejectedException : Exception
{
    public CertificateRejectedException(string message)
        : base(message)
    {
    }
}
