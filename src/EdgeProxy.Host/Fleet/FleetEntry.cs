using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>The store's entry of an environment, without the document. It is not verified. Times are those of the store's clock.</summary>
/// <param name="Version">The version of the document.</param>
/// <param name="Writer">The member that wrote it.</param>
/// <param name="WrittenAt">The time of writing, in milliseconds since 1970.</param>
/// <param name="ConfirmedAt">The time when a member last confirmed it with the upstream, in the same unit; null if none did.</param>
/// <param name="Error">The error of the lease's holder since then; null if there is none.</param>
internal sealed record FleetEntry(FleetVersion Version, string Writer, long WrittenAt, long? ConfirmedAt, EnvironmentError? Error);
