namespace EdgeProxy.Host.Metrics;

/// <summary>The outcome of an attempt to fetch a document.</summary>
internal enum FetchOutcome
{
    /// <summary>A new document, which was published.</summary>
    Updated,

    /// <summary>Unchanged.</summary>
    Unchanged,

    /// <summary>Failed: no document.</summary>
    Failed,

    /// <summary>The key was rejected.</summary>
    Refused,

    /// <summary>The document was rejected.</summary>
    Rejected,

    /// <summary>Older than the current document, and held back.</summary>
    HeldBack,

    /// <summary>A version that is held for an operator.</summary>
    Held,
}
