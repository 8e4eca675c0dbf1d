namespace EdgeProxy.Host.Environments;

/// <summary>How fresh an environment is, and what went wrong with it last: one look, which does not change.</summary>
internal sealed record Freshness
{
    /// <summary>Before anything happened.</summary>
    public static readonly Freshness Unknown = new();

    /// <summary>
    /// When a document was last fetched, or said to be unchanged, by the clock on the wall; null until then. For a document
    /// from the snapshot directory, when an earlier process last did that.
    /// </summary>
    public DateTimeOffset? Fetched { get; init; }

    /// <summary>
    /// The timestamp of the same, on the clock that never goes back. For a document from the snapshot directory, when it
    /// was read: the time from which on the upstream had its chance.
    /// </summary>
    public long FetchedTimestamp { get; init; }

    /// <summary>Where what is served came from; null until something is.</summary>
    public DocumentOrigin? Origin { get; init; }

    /// <summary>How many attempts failed in a row, up to now.</summary>
    public int Failures { get; init; }

    /// <summary>The last failed attempt, be it that others succeeded since; null if there was none.</summary>
    public EnvironmentError? LastError { get; init; }

    /// <summary>The older document that the upstream gives, which is not served; null if it gives none.</summary>
    public HeldBackDocument? HeldBack { get; init; }

    /// <summary>The document that was rejected last, if none was accepted since.</summary>
    public EnvironmentError? Rejected { get; init; }
}
