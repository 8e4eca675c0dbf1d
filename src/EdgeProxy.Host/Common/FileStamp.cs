namespace EdgeProxy.Host.Common;

/// <summary>What changes when a file does; the default where there is none.</summary>
/// <param name="Written">When it was last written to.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>The file as it is now.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            // What a link leads to, not the link: mounted configuration is changed by changing links.
            var file = new FileInfo(path);
            var target = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return target.Exists ? new FileStamp(target.LastWriteTimeUtc, target.Length) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
