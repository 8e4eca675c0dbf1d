namespace EdgeProxy.Host.Http.Tls;

/// <summary>The validity of a certificate.</summary>
internal enum CertificateState
{
    /// <summary>Valid, and for some time.</summary>
    Valid,

    /// <summary>Not valid yet.</summary>
    NotYetValid,

    /// <summary>Expires soon.</summary>
    ExpiresSoon,

    /// <summary>Expired.</summary>
    Expired,
}
