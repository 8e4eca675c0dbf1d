namespace EdgeProxy.Host.Http.Tls;

/// <summary>A certificate and its key cannot be used.</summary>
internal sealed class CertificateException : Exception
{
    /// <param name="isOfKey">Whether the key's file is the one that is wrong.</param>
    /// <param name="message">What is wrong, for people; nothing of the content.</param>
    /// <param name="cause">What it was noticed by.</param>
    public CertificateException(bool isOfKey, string message, Exception cause)
        : base(message, cause)
    {
        IsOfKey = isOfKey;
    }

    /// <summary>Whether the key's file is the one that is wrong, and not the certificate's.</summary>
    public bool IsOfKey { get; }
}
