using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Offline;

/// <summary>An environment that is served without an upstream.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Content">Its document as it was read at the start.</param>
/// <param name="Path">The file to watch; null for the built-in one.</param>
internal sealed record OfflineDocument(EnvironmentState Environment, byte[] Content, string? Path);
