namespace EdgeProxy.Host.Common;

/// <summary>Describes errors of reading or writing files in words.</summary>
internal static class FileErrors
{
    /// <summary>Describes an error, in words that follow "cannot be read".</summary>
    /// <param name="path">The file.</param>
    /// <param name="exception">The exception of the attempt.</param>
    public static string Describe(string path, Exception exception) => exception switch
    {
        _ when Directory.Exists(path) =>
            "it is a directory, not a file; a container engine makes one where the file to mount does not exist on its host",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such file, nor the directory that it should be in",
        UnauthorizedAccessException => $"the user that the proxy runs as ({Environment.UserName}) lacks the permission",
        _ => exception.Message,
    };
}
