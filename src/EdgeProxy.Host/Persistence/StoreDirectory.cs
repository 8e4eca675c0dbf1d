using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// The files in <c>snapshot_directory</c>: two slots for each entry, with a generation each, and temporary files. Other
/// processes may use the directory too, among them another instance of the proxy.
/// </summary>
internal sealed class StoreDirectory
{
    /// <summary>The number of generations of an entry.</summary>
    public const int Places = 2;

    private const string Extension = ".snapshot";
    private const string TemporaryExtension = ".snapshot.tmp";
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnersFile | UnixFileMode.UserExecute;

    private readonly string _path;

    public StoreDirectory(string path)
    {
        _path = path;
    }

    /// <summary>The file of a slot.</summary>
    public string PathOf(string name, int place) => Path.Combine(_path, $"{name}.{place}{Extension}");

    /// <summary>Creates the directory, if there is none.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else
        {
            Directory.CreateDirectory(_path, OwnersDirectory);
        }
    }

    /// <summary>
    /// Writes a file to the disk, and then renames it to its slot: at any moment the slot has a complete file.
    /// </summary>
    /// <param name="name">The entry.</param>
    /// <param name="place">The slot.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="modified">The modification time of the file.</param>
    public void Replace(string name, int place, Action<Stream> write, DateTimeOffset modified) => Replace(name, PathOf(name, place), file =>
    {
        write(file);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, modified.UtcDateTime);
    });

    /// <summary>Writes a file to the disk, and then renames it: at any moment the path has a complete file, or none.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="path">The path, in this directory.</param>
    /// <param name="write">Writes the content.</param>
    public void Replace(string name, string path, Action<FileStream> write)
    {
        var temporary = TemporaryPath(name);
        try
        {
            // Open until it is renamed: that shows other instances that it is in use.
            using var file = CreateTemporary(temporary);
            write(file);
            file.Flush(flushToDisk: true);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        DirectoryFlush.Flush(_path);
    }

    /// <summary>Sets the time of a slot's file.</summary>
    public void Touch(string name, int place, DateTimeOffset time) => File.SetLastWriteTimeUtc(PathOf(name, place), time.UtcDateTime);

    /// <summary>Removes the files of all slots.</summary>
    public void Delete(string name)
    {
        for (var place = 0; place < Places; place++)
        {
            File.Delete(PathOf(name, place));
        }
    }

    /// <summary>Tests a directory by using it as the store would; returns the error, null if there is none.</summary>
    public static string? FindProblem(string path)
    {
        try
        {
            var directory = new StoreDirectory(path);
            directory.Create();
            directory.Probe();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileErrors.DescribeDirectory(path, exception);
        }
    }

    /// <summary>Tests whether files can be written.</summary>
    public void Probe()
    {
        var temporary = TemporaryPath(new string('0', StoredDocumentName.Length));
        CreateTemporary(temporary).Dispose();
        File.Delete(temporary);
    }

    /// <summary>Determines whether every user of the machine may write to the directory, and so change flags.</summary>
    public bool IsWritableByAnyone() => !OperatingSystem.IsWindows() && File.GetUnixFileMode(_path).HasFlag(UnixFileMode.OtherWrite);

    /// <summary>Removes temporary files of processes that were killed.</summary>
    /// <returns>The number of removed files.</returns>
    public int RemoveLeftovers()
    {
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(_path, $"*{TemporaryExtension}").Where(static path => IsTemporary(Path.GetFileName(path))))
        {
            try
            {
                // Fails if another process has it open. Opened for writing too, so that a pipe does not block it.
                File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(path);
                removed++;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, or owned by another user.
            }
        }

        return removed;
    }

    private string TemporaryPath(string name) => Path.Combine(_path, $"{name}.{Guid.NewGuid():N}{TemporaryExtension}");

    private static bool IsTemporary(string file) =>
        file.Length == (2 * StoredDocumentName.Length) + 1 + TemporaryExtension.Length
        && StoredDocumentName.IsName(file.AsSpan(0, StoredDocumentName.Length))
        && file[StoredDocumentName.Length] == '.'
        && StoredDocumentName.IsName(file.AsSpan(StoredDocumentName.Length + 1, StoredDocumentName.Length));

    private static FileStream CreateTemporary(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is removed at the next start.
        }
    }
}
