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

    /// <summary>A sign of life.</summary>
    Beat,

    /// <summary>Reading what members say of themselves.</summary>
    Members,

    /// <summary>Reading or writing the proxy config.</summary>
    Config,
}
