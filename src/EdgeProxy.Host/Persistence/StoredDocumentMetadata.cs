namespace EdgeProxy.Host.Persistence;

/// <summary>What is known of an entry besides its content.</summary>
/// <param name="Fetched">When it was last fetched, or said to be unchanged.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c> for it, with its quotes; null if it gave none.</param>
/// <param name="LastModified">What to ask with in <c>If-Modified-Since</c>; null to leave it out.</param>
internal sealed record StoredDocumentMetadata(DateTimeOffset Fetched, string? EntityTag = null, string? LastModified = null);
