using System.Runtime.InteropServices;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Brings what was renamed in a directory to the disk, where the operating system has such a thing. Without it a power
/// failure may undo a rename, which costs the newest generation, not the one before.
/// </summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Does so; if it cannot be done, it is not.</summary>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The platform's own files refuse to be directories.
        try
        {
            var handle = Open(directory, ReadOnly);
            if (handle >= 0)
            {
                _ = Synchronize(handle);
                _ = Close(handle);
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it stays with the rename.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronize(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
