namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Why something could not be fetched. The message is fit for a log: it holds no key and no content.</summary>
internal sealed class UpstreamException : Exception
{
    public UpstreamException(string message, bool isRefused = false, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        IsRefused = isRefused;
        RetryAfter = retryAfter;
        Summary = message;
    }

    /// <summary>The address that was asked last; null where the failure is not one of a single request.</summary>
    public Uri? Url { get; init; }

    /// <summary>The cause without the address that was asked: the same for all environments that fail alike.</summary>
    public string Summary { get; init; }

    /// <summary>Whether the upstream does not accept the key: trying again will not help, an operator will.</summary>
    public bool IsRefused { get; }

    /// <summary>Whether the conditions of the request may be to blame: the next one must do without.</summary>
    public bool AreConditionsRejected { get; init; }

    /// <summary>How long the upstream asked not to be asked again; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; }
}
