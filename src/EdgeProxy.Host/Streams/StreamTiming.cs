namespace EdgeProxy.Host.Streams;

/// <summary>The times of a kind of stream.</summary>
internal sealed record StreamTiming
{
    /// <summary>The maximum age; zero for no end.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>The part by which an age is longer or shorter, at random.</summary>
    public required double AgeJitter { get; init; }

    /// <summary>The longest silence: a comment is sent then, 10 % earlier or later at random.</summary>
    public required TimeSpan Heartbeat { get; init; }

    /// <summary>The time that a write may take; then the client counts as one that does not read.</summary>
    public required TimeSpan WriteTimeout { get; init; }

    /// <summary>The shortest reconnection time that clients are told.</summary>
    public required TimeSpan MinRetry { get; init; }

    /// <summary>The longest reconnection time that clients are told.</summary>
    public required TimeSpan MaxRetry { get; init; }

    /// <summary>
    /// The time after which an event is sent once more, 10 % earlier or later at random, unless another one was sent; null for never.
    /// </summary>
    public TimeSpan? RepeatAfter { get; init; }
}
