namespace EdgeProxy.Host.Fleet;

/// <summary>Which members of a fleet poll the upstream.</summary>
internal enum FleetPolling
{
    /// <summary>For each environment the one that holds its lease.</summary>
    Lease,

    /// <summary>All of them.</summary>
    All,

    /// <summary>Not this one: the store is its upstream.</summary>
    Never,
}
