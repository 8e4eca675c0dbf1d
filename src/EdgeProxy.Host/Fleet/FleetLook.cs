namespace EdgeProxy.Host.Fleet;

/// <summary>The state of an environment in the store.</summary>
/// <param name="Entry">The entry; null if there is none.</param>
/// <param name="Holder">The token of the lease; null if it is free.</param>
/// <param name="Now">The store's time, in milliseconds since 1970.</param>
internal sealed record FleetLook(FleetEntry? Entry, string? Holder, long Now);
