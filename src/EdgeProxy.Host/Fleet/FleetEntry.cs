using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>What the store has of an environment, without its document. Nothing of it is verified. Times are the store's own.</summary>
/// <param name="Version">The version of the document.</param>
/// <param name="Writer">The member that wrote it.</param>
/// <param name="WrittenAt">The time of writing, in milliseconds since 1970.</param>
/// <param name="ConfirmedAt">The time when a member last confirmed it with the upstream, in the same unit; null if none did.</param>
/// <param name="Error">The error that the holder of the lease had since; null if there is none.</param>
internal sealed record FleetEntry(FleetVersion Version, string Writer, long WrittenAt, long? ConfirmedAt, EnvironmentError? Error);
