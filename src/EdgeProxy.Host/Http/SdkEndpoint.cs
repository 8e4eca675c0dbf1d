namespace EdgeProxy.Host.Http;

/// <summary>What a path leads to.</summary>
internal enum SdkEndpoint
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The flags of nobody in particular.</summary>
    Flags,

    /// <summary>The flags of an identity.</summary>
    Identities,

    /// <summary>The document itself.</summary>
    EnvironmentDocument,

    /// <summary>Whether documents are loaded and fresh.</summary>
    Readiness,

    /// <summary>Which environments there are, and how fresh.</summary>
    Environments,

    /// <summary>Whether the process answers.</summary>
    Liveness,

    /// <summary>What was counted.</summary>
    Metrics,

    /// <summary>Wherever it leads, a browser asks for leave first.</summary>
    Preflight,
}
