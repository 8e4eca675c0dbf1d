namespace EdgeProxy.Host.Environments;

/// <summary>The outcome of a document that was not rejected.</summary>
internal enum PublishOutcome
{
    /// <summary>The bytes equal those of the current document.</summary>
    Unchanged,

    /// <summary>Published; equivalent to the version before.</summary>
    Equivalent,

    /// <summary>Published.</summary>
    Published,

    /// <summary>Accepted, but held for an operator: the current version is still served.</summary>
    Held,
}
