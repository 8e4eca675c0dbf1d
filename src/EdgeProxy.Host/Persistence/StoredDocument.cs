namespace EdgeProxy.Host.Persistence;

/// <summary>An entry read from a store.</summary>
/// <param name="Content">The stored bytes, owned by the caller.</param>
/// <param name="Metadata">The metadata of the content.</param>
/// <param name="Generation">The number of the generation; a later one has a higher number.</param>
internal sealed record StoredDocument(byte[] Content, StoredDocumentMetadata Metadata, long Generation);
