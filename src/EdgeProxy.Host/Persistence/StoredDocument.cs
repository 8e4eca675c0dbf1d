namespace EdgeProxy.Host.Persistence;

/// <summary>An entry as it was read back.</summary>
/// <param name="Content">The bytes that were kept; the reader's own.</param>
/// <param name="Metadata">The metadata of the content.</param>
/// <param name="Generation">The number of the generation; a later one has a higher number.</param>
internal sealed record StoredDocument(byte[] Content, StoredDocumentMetadata Metadata, long Generation);
