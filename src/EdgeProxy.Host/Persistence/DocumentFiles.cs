using System.Collections.Concurrent;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Keeps entries on disk, two generations of each, so that the next process finds a good one at whatever moment this one
/// is killed. Everything here may wait for the disk; nothing throws: trouble with files is logged, each kind now and then,
/// and changes nothing else. Without a directory it does nothing.
/// </summary>
internal sealed partial class DocumentFiles
{
    private readonly StoreDirectory? _directory;
    private readonly string _path;
    private readonly long _maxContent;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentFiles> _logger;

    // What is the one to keep of each entry when the next is written: the one read or written last.
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

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

    /// <summary>The newest good generation of an entry; null if there is none.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="before">The generation that it must be older than.</param>
    public StoredDocument? Read(string name, long before = long.MaxValue)
    {
        if (_directory is null)
        {
            return null;
        }

        // Headers first, and then only as many contents as it takes.
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
                _kept.AddOrUpdate(
                    name,
                    static (_, now) => now,
                    static (_, earlier, now) => now with { Generation = Math.Max(now.Generation, earlier.Generation) },
                    new Kept(place, stored.Generation));
                return stored;
            }
        }

        return null;
    }

    /// <summary>Reads something of a file; null if that cannot be done, which is said.</summary>
    private T? Open<T>(string path, Func<FileStream, T> read)
        where T : class
    {
        try
        {
            var information = new FileInfo(path);
            if (!information.Exists)
            {
                return Directory.Exists(path) ? throw new InvalidDataException("it is a directory") : null;
            }

            // Not opened: a pipe is empty too, and opening one may never come to an end.
            if (information.Length == 0)
            {
                throw new InvalidDataException("it is empty");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return read(file);
        }
        catch (Exception exception)
        {
            // Everything: whatever lies there, the proxy starts.
            LogRarely(exception, path, () => Log.Skipped(_logger, path, exception.Message));
            return null;
        }
    }

    private StoredDocument ReadWhole(FileStream file, string name)
    {
        var stored = StoredDocumentFile.Read(file, name, _maxContent);

        // The file is touched when the upstream says that the content is still current. Neither time counts if it is to come.
        var now = _time.GetUtcNow();
        var touched = new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle));
        var fetched = touched > stored.Metadata.Fetched && touched <= now ? touched : stored.Metadata.Fetched;
        return stored with { Metadata = stored.Metadata with { Fetched = fetched <= now ? fetched : now } };
    }

    private readonly record struct Kept(int Place, long Generation);
}
