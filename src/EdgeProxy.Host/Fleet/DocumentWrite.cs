namespace EdgeProxy.Host.Fleet;

/// <summary>A document to write, if the store has none that is as new.</summary>
/// <param name="Version">The version.</param>
/// <param name="Payload">The encrypted document.</param>
/// <param name="Writer">The name of the member.</param>
/// <param name="Token">The token of the lease; null if it is not held. Only its holder changes a document of the same position.</param>
/// <param name="ConfirmedAge">The time since the upstream was asked and returned it; null if that is to be left to the next poll.</param>
/// <param name="Replaces">A revision that could not be used, which the holder of the lease replaces whatever its version; null for none.</param>
internal sealed record DocumentWrite(FleetVersion Version, byte[] Payload, string Writer, string? Token, TimeSpan? ConfirmedAge, string? Replaces = null);
