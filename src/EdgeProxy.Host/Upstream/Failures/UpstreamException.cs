namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>A failed request to the upstream. The message is safe for a log: it contains no key and no content.</summary>
internal sealed class UpstreamException : Exception
{
    public UpstreamException(string message, bool isRefused = false, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        IsRefused = isRefused;
        RetryAfter = retryAfter;
        Summary = message;
    }

    /// <summary>The last requested URL; null if the failure is not one of a single request.</summary>
    public Uri? Url { get; init; }

    /// <summary>The cause without the address: equal for equal failures.</summary>
    public string Summary { get; init; }

    /// <summary>The status of the answer; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Indicates whether the upstream rejected the key: retrying will not help, an operator must act.</summary>
    public bool IsRefused { get; }

    /// <summary>Indicates whether the conditions of the request may be the cause: the next one must be sent without.</summary>
    public bool AreConditionsRejected { get; init; }

    /// <summary>The delay that the upstream asked for in <c>Retry-After</c>; null if none.</summary>
    public TimeSpan? RetryAfter { get; }
}
