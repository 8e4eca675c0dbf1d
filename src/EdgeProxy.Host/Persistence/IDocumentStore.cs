namespace EdgeProxy.Host.Persistence;

/// <summary>
/// A place that documents outlive the process in. Nothing that uses it waits for it but the start, for a while; trouble with
/// it is the store's to log, and changes nothing else.
/// </summary>
internal interface IDocumentStore
{
    /// <summary>The number of entries that are not stored yet.</summary>
    int Unsaved { get; }

    /// <summary>Begins to make the store ready, in the background; entries can be loaded and saved at once.</summary>
    void Prepare();

    /// <summary>Loads an entry; entries can be loaded at the same time. Does not throw but for cancellation.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="rejected">The document that was loaded before and cannot be used: another, earlier one is wanted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The latest good document; null if there is none.</returns>
    Task<StoredDocument?> LoadAsync(string name, StoredDocument? rejected, CancellationToken cancellationToken);

    /// <summary>
    /// Saves an entry in the background. What still waits under the name is dropped: only the latest counts. Saving the same
    /// memory again costs little: it tells that the document was current at a later time.
    /// </summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="content">The document; it must not change afterwards.</param>
    /// <param name="metadata">The metadata of the content.</param>
    void Save(string name, ReadOnlyMemory<byte> content, StoredDocumentMetadata metadata);

    /// <summary>Deletes an entry in the background.</summary>
    void Delete(string name);

    /// <summary>Waits until everything is saved.</summary>
    /// <exception cref="OperationCanceledException">It was given up first.</exception>
    Task FlushAsync(CancellationToken cancellationToken);
}
