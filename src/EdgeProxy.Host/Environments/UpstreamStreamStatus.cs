namespace EdgeProxy.Host.Environments;

/// <summary>The state of the stream that announces changes of an environment: an immutable copy.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Since">The time when the phase began.</param>
internal sealed record UpstreamStreamStatus(UpstreamStreamPhase Phase, DateTimeOffset Since)
{
    /// <summary>The time of the last event; null if there was none.</summary>
    public DateTimeOffset? LastEvent { get; init; }

    /// <summary>The last failure, even if the stream is open again; null if there was none. A proper end is none.</summary>
    public EnvironmentError? LastError { get; init; }

    /// <summary>The interval of polls while the stream can be relied on; null for the usual one.</summary>
    public TimeSpan? PollInterval { get; init; }
}
