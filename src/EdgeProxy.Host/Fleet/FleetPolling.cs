namespace EdgeProxy.Host.Fleet;

/// <summary>The members of a fleet that poll the upstream.</summary>
internal enum FleetPolling
{
    /// <summary>For each environment, the holder of its lease.</summary>
    Lease,

    /// <summary>All of them.</summary>
    All,

    /// <summary>Not this one: the store is its upstream.</summary>
    Never,
}
