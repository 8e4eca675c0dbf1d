namespace EdgeProxy.Host.Upstream;

/// <summary>Why a document could not be fetched. The message is fit for a log: it holds no key and no content.</summary>
internal sealed class UpstreamException : Exception
{
    public UpstreamException(string message, bool isRefused = false, Exception? innerException = null)
        : base(message, innerException)
    {
        IsRefused = isRefused;
    }

    /// <summary>Whether the upstream does not accept the key: trying again will not help, an operator will.</summary>
    public bool IsRefused { get; }
}
