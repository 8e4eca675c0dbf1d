namespace EdgeProxy.Host.Fleet;

/// <summary>The heartbeat of a member.</summary>
/// <param name="Name">The member.</param>
/// <param name="Leases">The number of leases that it holds.</param>
/// <param name="Statement">Its description of itself, as JSON; null if unchanged.</param>
internal sealed record MemberBeat(string Name, int Leases, string? Statement);
