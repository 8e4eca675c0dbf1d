namespace EdgeProxy.Host.Common;

/// <summary>The identity of a file's content; the default where there is no file. Two files of the same size and time differ by the other members.</summary>
/// <param name="Exists">True if the path exists.</param>
/// <param name="IsRegular">True for a file that can be read to its end: not a pipe, a device, or a directory.</param>
/// <param name="Written">The time of the last write, in ticks of UTC.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Changed">The time of the last change of content, name or owner, in nanoseconds; 0 if the system does not provide it.</param>
/// <param name="Node">The inode number of the file on its device; 0 if the system does not provide it.</param>
/// <param name="Device">The device; 0 if the system does not provide it.</param>
internal readonly record struct FileStamp(bool Exists, bool IsRegular, long Written, long Length, long Changed, ulong Node, ulong Device)
{
    /// <summary>Reads the stamp of a file. May block as long as the file system does.</summary>
    public static FileStamp Of(string path) => LinuxFileStatus.TryStamp(path, out var stamp) ? stamp : Portable(path);

    /// <summary>Creates the stamp from what every operating system provides.</summary>
    public static FileStamp Portable(string path)
    {
        try
        {
            // The target of a link, not the link: mounted configuration is changed by replacing links.
            var file = new FileInfo(path);
            var target = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            if (target.Exists)
            {
                return new FileStamp(Exists: true, IsRegular: true, target.LastWriteTimeUtc.Ticks, target.Length, 0, 0, 0);
            }

            return Directory.Exists(path) ? new FileStamp(Exists: true, IsRegular: false, 0, 0, 0, 0, 0) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
