using System.Collections.Concurrent;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Stores entries on disk, two generations of each, so that the next process finds a valid one at whatever moment this one
/// is killed. Everything here may block on the disk; nothing throws: problems with files are logged, each kind now and
/// then, and change nothing else. Without a directory it does nothing.
/// </summary>
internal sealed partial class DocumentFiles
{
    private readonly StoreDirectory? _directory;
    private readonly string _path;
    private readonly long _maxContent;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentFiles> _logger;

    // The generation to keep of each entry when the next is written: the last one read or written.
    private readonly ConcurrentDictionary<string, StoredVersion> _versions = new(StringComparer.Ordinal);

    public DocumentFiles(PersistenceOptions options, DocumentOptions limits, TimeProvider time, ILogger<DocumentFiles> logger)
    {
        _path = options.SnapshotDirectory ?? "";
        _directory = options.SnapshotDirectory is null ? null : new StoreDirectory(_path);
        _maxContent = limits.MaxDocumentBytes;
        _time = time;
        _logger = logger;
    }

    /// <summary>Indicates whether a directory is configured.</summary>
    public bool IsEnabled => _directory is not null;

    /// <summary>Reads the newest valid generation of an entry; null if there is none.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="before">The generation that it must be older than.</param>
    public StoredDocument? Read(string name, long before = long.MaxValue)
    {
        if (_directory is null)
        {
            return null;
        }

        // Headers first, and then only as many contents as necessary.
        var places = Enumerable.Range(0, StoreDirectory.Places)
            .Select(place => (Place: place, Header: Open(_directory.PathOf(name, place), StoredDocumentFile.ReadHeader)))
            .Where(found => found.Header is not null && found.Header.Generation < before)
            .OrderByDescending(static found => found.Header!.Generation)
            .ThenByDescending(static found => found.Header!.Metadata.Fetched)
            .Select(static found => found.Place);
        foreach (var place in places)
        {
            if (Open(_directory.PathOf(name, place), file => ReadWhole(file, name)) is { } stored)
            {
                _versions.AddOrUpdate(
                    name,
                    static (_, now) => now,
                    static (_, earlier, now) => now with { Generation = Math.Max(now.Generation, earlier.Generation) },
                    new StoredVersion(place, stored.Generation));
                return stored;
            }
        }

        return null;
    }

    /// <summary>Reads a part of a file; if that fails, logs it and returns null.</summary>
    private T? Open<T>(string path, Func<FileStream, T> read)
        where T : class
    {
        try
        {
            using var file = StoredDocumentFile.TryOpen(path);
            return file is null ? null : read(file);
        }
        catch (Exception exception)
        {
            // Catches everything: the proxy starts whatever the directory contains.
            LogRarely(exception, path, () => Log.Skipped(_logger, path, FileErrors.Describe(path, exception)));
            return null;
        }
    }

    private StoredDocument ReadWhole(FileStream file, string name)
    {
        var stored = StoredDocumentFile.Read(file, name, _maxContent);

        // The file's time is updated when the upstream reports the content unchanged. Times in the future are ignored.
        var now = _time.GetUtcNow();
        var touched = new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle));
        var fetched = touched > stored.Metadata.Fetched && touched <= now ? touched : stored.Metadata.Fetched;
        return stored with { Metadata = stored.Metadata with { Fetched = fetched <= now ? fetched : now } };
    }

    private readonly record struct StoredVersion(int Place, long Generation);
}
