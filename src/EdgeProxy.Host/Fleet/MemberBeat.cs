namespace EdgeProxy.Host.Fleet;

/// <summary>The sign of life of a member.</summary>
/// <param name="Name">The member.</param>
/// <param name="Leases">The number of leases that it holds.</param>
/// <param name="Statement">What it says of itself, as JSON; null if that is unchanged.</param>
internal sealed record MemberBeat(string Name, int Leases, string? Statement);
