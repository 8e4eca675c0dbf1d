namespace EdgeProxy.Host.Fleet;

/// <summary>A document to write, unless the store has one that is not earlier.</summary>
/// <param name="Version">The version.</param>
/// <param name="Payload">The encrypted document.</param>
/// <param name="Writer">The name of the member.</param>
/// <param name="Token">The token of the lease; null if it is not held. Only its holder changes a document of the same position.</param>
/// <param name="ConfirmedAt">The store's time, in milliseconds since 1970, at which the upstream was last asked and returned it; null if that is not known.</param>
/// <param name="Replaces">A revision that could not be used, which the holder of the lease replaces regardless of its version; null for none.</param>
internal sealed record DocumentWrite(FleetVersion Version, byte[] Payload, string Writer, string? Token, long? ConfirmedAt, string? Replaces = null);
