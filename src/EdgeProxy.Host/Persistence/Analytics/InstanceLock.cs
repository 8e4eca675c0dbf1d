namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>
/// A locked file, which shows other processes that an instance is running. The operating system releases it when the
/// process ends, in whatever way. The file of an instance is created once and never again.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream? _file;
    private readonly string _path;

    private InstanceLock(FileStream? file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Creates the lock of this instance.</summary>
    /// <returns>The lock; null if the file system has no locks.</returns>
    public static InstanceLock? Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var created = new InstanceLock(new FileStream(path, options), path);
        if (TryTake(path) is { } other)
        {
            other.Dispose();
            created.Remove();
            return null;
        }

        return created;
    }

    /// <summary>Takes the lock of an instance that has ended, so that no other process takes over what it left.</summary>
    /// <returns>The lock; null if the instance is running.</returns>
    public static InstanceLock? TryTake(string path)
    {
        try
        {
            return new InstanceLock(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), path);
        }
        catch (FileNotFoundException)
        {
            return new InstanceLock(null, path); // removed at its end
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes the file, for good, and releases the lock.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process removes it.
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
