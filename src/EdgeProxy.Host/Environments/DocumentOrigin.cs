namespace EdgeProxy.Host.Environments;

/// <summary>The origin of a document.</summary>
internal enum DocumentOrigin
{
    /// <summary>Fetched from the upstream by this process.</summary>
    Upstream,

    /// <summary>Restored from the snapshot directory: an earlier process fetched it.</summary>
    Disk,

    /// <summary>Taken from the fleet's store: another member accepted it, or confirmed it with the upstream.</summary>
    Store,

    /// <summary>Read from an operator's file, or built in.</summary>
    File,
}
