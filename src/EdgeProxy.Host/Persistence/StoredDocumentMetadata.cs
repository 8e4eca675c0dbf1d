namespace EdgeProxy.Host.Persistence;

/// <summary>The metadata of an entry.</summary>
/// <param name="Fetched">The time when it was last fetched, or reported unchanged.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c> with its quotes; null if it sent none.</param>
/// <param name="LastModified">The value for <c>If-Modified-Since</c>; null to leave it out.</param>
internal sealed record StoredDocumentMetadata(DateTimeOffset Fetched, string? EntityTag = null, string? LastModified = null);
