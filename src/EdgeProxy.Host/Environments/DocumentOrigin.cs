namespace EdgeProxy.Host.Environments;

/// <summary>Where a document came from.</summary>
internal enum DocumentOrigin
{
    /// <summary>From the upstream, by this process.</summary>
    Upstream,

    /// <summary>From the snapshot directory: an earlier process fetched it.</summary>
    Disk,

    /// <summary>From a file of the operator's, or built in.</summary>
    File,
}
