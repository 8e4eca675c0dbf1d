namespace EdgeProxy.Host.Http.Tls;

/// <summary>What the dates of a certificate mean to clients.</summary>
internal enum CertificateState
{
    /// <summary>They accept it, and will for some time.</summary>
    Valid,

    /// <summary>They do not accept it yet.</summary>
    NotYetValid,

    /// <summary>They accept it, but not for long.</summary>
    ExpiresSoon,

    /// <summary>They do not accept it any more.</summary>
    Expired,
}
