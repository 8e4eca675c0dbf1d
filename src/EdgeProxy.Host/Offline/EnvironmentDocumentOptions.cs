namespace EdgeProxy.Host.Offline;

/// <summary>A document to serve from a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="ServerSideKey">The server-side key; null for <c>ser.</c> and the document's <c>api_key</c>.</param>
internal sealed record EnvironmentDocumentOptions(string Path, string? ServerSideKey);
