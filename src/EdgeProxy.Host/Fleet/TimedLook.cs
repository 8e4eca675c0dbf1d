namespace EdgeProxy.Host.Fleet;

/// <summary>A look at the store: the store's time of it is between the two times.</summary>
/// <param name="Value">The state of the store.</param>
/// <param name="Before">The monotonic time before the look.</param>
/// <param name="After">The monotonic time after the look.</param>
internal sealed record TimedLook(FleetLook Value, long Before, long After);
