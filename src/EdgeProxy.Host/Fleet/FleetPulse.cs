namespace EdgeProxy.Host.Fleet;

/// <summary>The answer to the heartbeat of a member.</summary>
/// <param name="Members">The number of members.</param>
/// <param name="MinLeases">The number of leases of the member with the fewest.</param>
/// <param name="IsStated">True if the store has the statement of the member.</param>
internal sealed record FleetPulse(int Members, int MinLeases, bool IsStated);
