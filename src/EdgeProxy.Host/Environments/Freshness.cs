namespace EdgeProxy.Host.Environments;

/// <summary>The freshness of an environment, and its last error: an immutable copy.</summary>
internal sealed record Freshness
{
    /// <summary>The initial state.</summary>
    public static readonly Freshness Unknown = new();

    /// <summary>
    /// The wall-clock time when a document was last fetched, or reported unchanged; null until then. For a document
    /// restored from the snapshot directory, the time when the earlier process fetched it.
    /// </summary>
    public DateTimeOffset? Fetched { get; init; }

    /// <summary>
    /// The monotonic timestamp of the same. For a document restored from the snapshot directory, the time when it was read,
    /// so that the upstream has its chance first.
    /// </summary>
    public long FetchedTimestamp { get; init; }

    /// <summary>The origin of the current document; null until there is one.</summary>
    public DocumentOrigin? Origin { get; init; }

    /// <summary>The number of consecutive failed attempts.</summary>
    public int Failures { get; init; }

    /// <summary>The monotonic timestamp of the first of the consecutive failed attempts; of no meaning if there is none.</summary>
    public long FailingSinceTimestamp { get; init; }

    /// <summary>The last failed attempt, even if later ones succeeded; null if there was none.</summary>
    public EnvironmentError? LastError { get; init; }

    /// <summary>The older document that the upstream returns, which is not served; null if there is none.</summary>
    public HeldBackDocument? HeldBack { get; init; }

    /// <summary>The last rejected document; null if one was accepted since.</summary>
    public EnvironmentError? Rejected { get; init; }
}
