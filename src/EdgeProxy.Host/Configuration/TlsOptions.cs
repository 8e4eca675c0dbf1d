using System.Security.Authentication;

namespace EdgeProxy.Host.Configuration;

/// <summary>The proxy's own certificate.</summary>
internal sealed record TlsOptions
{
    /// <summary>A PEM file with the certificate, and behind it those that lead to its root.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>A PEM file with the private key; may be the certificate's.</summary>
    public required string KeyFile { get; init; }

    /// <summary>What the private key is encrypted with; null if it is not.</summary>
    public string? KeyPassword { get; init; }

    /// <summary>The versions of TLS that are spoken. Default: 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;
}
