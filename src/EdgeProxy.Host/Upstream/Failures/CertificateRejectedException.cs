namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>A server's certificate that is not trusted; the message says why, in words fit for a log.</summary>
internal sealed class CertificateRejectedException : Exception
{
    public CertificateRejectedException(string message)
        : base(message)
    {
    }
}
