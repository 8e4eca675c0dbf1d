namespace EdgeProxy.Host.Metrics;

/// <summary>An operation of the fleet's store.</summary>
internal enum StoreOperation
{
    /// <summary>Reading the state of an environment.</summary>
    Look,

    /// <summary>Reading a document.</summary>
    Read,

    /// <summary>Writing a document.</summary>
    Write,

    /// <summary>Reporting a poll.</summary>
    Report,

    /// <summary>Giving a lease back.</summary>
    Release,

    /// <summary>A heartbeat, or leaving.</summary>
    Beat,

    /// <summary>Looking identities up whose traits are about to be forwarded.</summary>
    Recall,

    /// <summary>Remembering traits that the API confirmed.</summary>
    Remember,

    /// <summary>Reading the statements of the members.</summary>
    Members,
}
