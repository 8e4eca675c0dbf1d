namespace EdgeProxy.Host.Http.Tls;

/// <summary>A certificate or its key cannot be used.</summary>
internal sealed class CertificateException : Exception
{
    /// <param name="isOfKey">True if the key's file is at fault.</param>
    /// <param name="message">The error; nothing of the content.</param>
    /// <param name="cause">The exception that revealed it.</param>
    public CertificateException(bool isOfKey, string message, Exception cause)
        : base(message, cause)
    {
        IsOfKey = isOfKey;
    }

    /// <summary>Indicates whether the key's file is at fault, not the certificate's.</summary>
    public bool IsOfKey { get; }
}
