namespace EdgeProxy.Host.Environments;

/// <summary>The reason why the proxy serves an environment, and so the origin of its documents.</summary>
internal enum EnvironmentKind
{
    /// <summary>Configured: its keys are in the configuration; its documents come from the upstream.</summary>
    Configured,

    /// <summary>Discovered: its keys are in the upstream's proxy config, which also ends it and each of its keys.</summary>
    Discovered,

    /// <summary>Offline: its document is a file, or built in, and cannot become stale.</summary>
    Offline,
}
