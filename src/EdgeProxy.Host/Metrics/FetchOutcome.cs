namespace EdgeProxy.Host.Metrics;

/// <summary>The outcome of an attempt to fetch a document.</summary>
internal enum FetchOutcome
{
    /// <summary>Another document, which is served now.</summary>
    Updated,

    /// <summary>The same as before.</summary>
    Unchanged,

    /// <summary>No document.</summary>
    Failed,

    /// <summary>The key was not accepted.</summary>
    Refused,

    /// <summary>A document that cannot be served.</summary>
    Rejected,

    /// <summary>A document that is older than the served one, which stays.</summary>
    HeldBack,
}
