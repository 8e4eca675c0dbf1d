namespace EdgeProxy.Host.Persistence;

/// <summary>
/// A store of documents that survive the process. Only the start waits for it, for a limited time; its implementation logs
/// its own problems, which change nothing else.
/// </summary>
internal interface IDocumentStore
{
    /// <summary>The number of entries that are not stored yet.</summary>
    int Unsaved { get; }

    /// <summary>Starts preparing the store, in the background; entries can be loaded and saved immediately.</summary>
    void Prepare();

    /// <summary>Loads an entry; callable concurrently. Throws only for cancellation.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="rejected">The document that was loaded before and was rejected: an earlier one is requested.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The latest valid document; null if there is none.</returns>
    Task<StoredDocument?> LoadAsync(string name, StoredDocument? rejected, CancellationToken cancellationToken);

    /// <summary>
    /// Saves an entry in the background. One that is still queued for the name is dropped: only the latest counts. Saving
    /// the same memory again costs little: it records that the document was current at a later time.
    /// </summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="content">The document; it must not change afterwards.</param>
    /// <param name="metadata">The metadata of the content.</param>
    void Save(string name, ReadOnlyMemory<byte> content, StoredDocumentMetadata metadata);

    /// <summary>Deletes an entry in the background.</summary>
    void Delete(string name);

    /// <summary>Waits until everything is saved.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task FlushAsync(CancellationToken cancellationToken);
}
