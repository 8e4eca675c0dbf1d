using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>The end of a stream, or of the attempt to open it.</summary>
/// <param name="Cause">The cause; null if it was ended here.</param>
/// <param name="Message">The cause in words, after the URL; null for a proper end.</param>
internal sealed record UpstreamStreamEnd(UpstreamStreamEndCause? Cause, string? Message)
{
    /// <summary>The stream was ended here.</summary>
    public static readonly UpstreamStreamEnd Cancelled = new(null, null);

    /// <summary>Indicates whether the stream lived long enough, or delivered an event: failures before it count no more.</summary>
    public bool WasUseful { get; init; }

    /// <summary>The pause that the service asked for with <c>retry</c>, in this stream or an earlier one; null if it did not.</summary>
    public TimeSpan? Retry { get; init; }

    /// <summary>The pause that the server asked for with <c>Retry-After</c>; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error, if it is one of this program.</summary>
    public Exception? Unexpected { get; init; }
}
