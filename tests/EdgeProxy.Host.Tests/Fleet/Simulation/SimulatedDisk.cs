using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The snapshot directory of a member, which survives it.</summary>
internal sealed class SimulatedDisk : IDocumentStore
{
    private readonly Dictionary<string, StoredDocument> _entries = new(StringComparer.Ordinal);

    /// <summary>Indicates whether anything is kept; a floor that a restart forgets is a deliberate fault.</summary>
    public bool IsForgetful { get; init; }

    /// <inheritdoc/>
    public int Unsaved => 0;

    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public Task<StoredDocument?> LoadAsync(string name, StoredDocument? rejected, CancellationToken cancellationToken) =>
        Task.FromResult(rejected is null && !IsForgetful ? _entries.GetValueOrDefault(name) : null);

    /// <inheritdoc/>
    public void Save(string name, ReadOnlyMemory<byte> content, StoredDocumentMetadata metadata) =>
        _entries[name] = new StoredDocument(content.ToArray(), metadata, (_entries.GetValueOrDefault(name)?.Generation ?? 0) + 1);

    /// <inheritdoc/>
    public void Delete(string name) => _entries.Remove(name);

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
