namespace EdgeProxy.Host.Environments;

/// <summary>How the proxy came to serve an environment, and so where its documents come from.</summary>
internal enum EnvironmentKind
{
    /// <summary>Its keys are in the configuration; its documents come from the upstream.</summary>
    Configured,

    /// <summary>Its keys are in the upstream's proxy config; so are its end, and the end of each key.</summary>
    Discovered,

    /// <summary>Its document comes from a file, or is built in, and cannot get stale.</summary>
    Offline,
}
