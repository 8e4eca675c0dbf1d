namespace EdgeProxy.Host.Environments;

/// <summary>What became of a document that was not rejected.</summary>
internal enum PublishOutcome
{
    /// <summary>It is what is served already.</summary>
    Unchanged,

    /// <summary>It is served now, and decides every flag as the one before did.</summary>
    Equivalent,

    /// <summary>It is served now.</summary>
    Published,
}
