using EdgeProxy.Host.Analytics;

namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>
/// The files of counts in <c>snapshot_directory</c>: one for each environment and instance, <c>entry.instance.counts</c>,
/// and a locked one for each instance that has any. Everything here may block on the disk and throw.
/// </summary>
internal sealed class FlagCountFiles : IDisposable
{
    /// <summary>The largest size of a file's content.</summary>
    public const int MaxContentBytes = 4 * 1024 * 1024;

    private const string Extension = LeftCounts.Extension;
    private const string LockExtension = ".counts.lock";

    private readonly StoreDirectory _directory;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly Lock _locking = new();
    private InstanceLock? _lock;
    private bool _hasNoLocks;

    public FlagCountFiles(string path, TimeProvider time)
    {
        _path = path;
        _directory = new StoreDirectory(path);
        _time = time;
    }

    /// <summary>The file of an entry of this instance.</summary>
    public string PathOf(string name) => Path.Combine(_path, $"{name}.{_instance}{Extension}");

    /// <summary>Writes the file of an entry.</summary>
    /// <returns>The evaluations that it has, which are fewer if not all fit in.</returns>
    public long Write(string name, IReadOnlyList<FlagCountBatch> batches)
    {
        Lock();
        var content = FlagCountContent.Write(batches, MaxContentBytes, out var written);
        var now = _time.GetUtcNow();
        var header = new StoredDocumentHeader(name, now.UtcTicks, new StoredDocumentMetadata(now), content.Length);
        _directory.Replace(name, PathOf(name), file => StoredDocumentFile.Write(file, header, content.Span));
        return written;
    }

    /// <summary>Removes the file of an entry.</summary>
    public void Remove(string name)
    {
        try
        {
            File.Delete(PathOf(name));
            DirectoryFlush.Flush(_path);
        }
        catch (DirectoryNotFoundException)
        {
            // The directory was removed, with everything in it.
        }
    }

    /// <summary>The files of counts of other instances, running ones included; removes what is left of instances that have none.</summary>
    public IReadOnlyList<LeftCounts> FindOthers()
    {
        if (!Directory.Exists(_path))
        {
            return [];
        }

        LeftCounts[] left = [.. Directory.EnumerateFileSystemEntries(_path, $"*{Extension}").Select(LeftCounts.Parse).OfType<LeftCounts>().Where(found => found.Instance != _instance)];
        foreach (var path in Directory.EnumerateFiles(_path, $"*{LockExtension}"))
        {
            var instance = Path.GetFileName(path)[..^LockExtension.Length];
            if (StoredDocumentName.IsName(instance) && instance != _instance && !left.Any(found => found.Instance == instance))
            {
                InstanceLock.TryTake(path)?.Remove();
            }
        }

        return left;
    }

    /// <summary>Takes over a file that another instance left: it becomes the one of this instance, which must have none.</summary>
    /// <param name="left">The file.</param>
    /// <returns>The counts; null if the instance is running, or another one was faster.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or not one of counts; it stays as it is.</exception>
    public IReadOnlyList<FlagCountBatch>? Claim(LeftCounts left)
    {
        using var ended = InstanceLock.TryTake(LockPathOf(left.Instance));
        if (ended is null)
        {
            return null;
        }

        var batches = Read(left);
        Lock();
        if (batches is null || !TryRename(left.Path, PathOf(left.Name)))
        {
            return null;
        }

        if (!Directory.EnumerateFiles(_path, $"*.{left.Instance}{Extension}").Any())
        {
            ended.Remove();
        }

        return batches;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Remove();

    private string LockPathOf(string instance) => Path.Combine(_path, $"{instance}{LockExtension}");

    private void Lock()
    {
        lock (_locking)
        {
            _directory.Create(); // it may have been removed
            _lock ??= _hasNoLocks ? null : InstanceLock.Create(LockPathOf(_instance));
            _hasNoLocks = _lock is null;
            if (_hasNoLocks)
            {
                throw new NotSupportedException("its file system has no file locks, without which two instances could count the same file");
            }
        }
    }

    private static IReadOnlyList<FlagCountBatch>? Read(LeftCounts left)
    {
        using var file = StoredDocumentFile.TryOpen(left.Path);
        return file is null ? null : FlagCountContent.Read(StoredDocumentFile.Read(file, left.Name, MaxContentBytes).Content);
    }

    private static bool TryRename(string path, string to)
    {
        try
        {
            File.Move(path, to, overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
