namespace EdgeProxy.Host.Fleet;

/// <summary>A document in the store.</summary>
/// <param name="Entry">Its entry, which is not verified.</param>
/// <param name="Payload">The encrypted document.</param>
internal sealed record StoredPayload(FleetEntry Entry, byte[] Payload);
