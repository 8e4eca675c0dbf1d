namespace EdgeProxy.Host.Common;

/// <summary>Says in words why a file cannot be read or written.</summary>
internal static class FileErrors
{
    /// <summary>Describes what is wrong with a file, in the words that follow its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exception">What the attempt threw.</param>
    public static string Describe(string path, Exception exception) => exception switch
    {
        _ when Directory.Exists(path) =>
            "is a directory, not a file; a container engine makes one where the file that it should mount does not exist on its host",
        FileNotFoundException => "does not exist",
        DirectoryNotFoundException => "does not exist, nor does the directory that it should be in",
        UnauthorizedAccessException => $"cannot be opened: the user that the proxy runs as ({Environment.UserName}) lacks the permission",
        PathTooLongException => "cannot be opened: the path is too long",
        _ => $"cannot be read or written: {exception.Message}",
    };
}
