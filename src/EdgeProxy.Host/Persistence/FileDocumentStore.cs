using System.Collections.Concurrent;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// The store in <c>snapshot_directory</c>: <see cref="DocumentFiles"/>, on threads that may block on the disk.
/// </summary>
internal sealed class FileDocumentStore : IDocumentStore, IDisposable
{
    private readonly DocumentFiles _files;
    private readonly DiskQueue _jobs = new();

    // Documents are compared by reference: an unchanged document stays the same memory.
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _saved = new(StringComparer.Ordinal);

    public FileDocumentStore(DocumentFiles files)
    {
        _files = files;
    }

    /// <inheritdoc/>
    public int Unsaved => _jobs.Unfinished;

    /// <inheritdoc/>
    public void Prepare() => _jobs.Set("", _files.Prepare);

    /// <inheritdoc/>
    public async Task<StoredDocument?> LoadAsync(string name, StoredDocument? rejected, CancellationToken cancellationToken)
    {
        var stored = await _jobs.RunAsync(() => _files.Read(name, rejected?.Generation ?? long.MaxValue)).WaitAsync(cancellationToken);
        if (stored is not null)
        {
            _saved[name] = stored.Content;
        }

        return stored;
    }

    /// <inheritdoc/>
    public void Save(string name, ReadOnlyMemory<byte> content, StoredDocumentMetadata metadata) => _jobs.Set(name, () =>
    {
        if (!content.Equals(_saved.GetValueOrDefault(name)) || !_files.Touch(name, metadata.Fetched))
        {
            _saved[name] = _files.Write(name, content, metadata) ? content : default;
        }
    });

    /// <inheritdoc/>
    public void Delete(string name) => _jobs.Set(name, () =>
    {
        _files.Delete(name);
        _saved.TryRemove(name, out _);
    });

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => _jobs.WhenIdleAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _jobs.Dispose();
}
