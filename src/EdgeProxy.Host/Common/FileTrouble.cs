namespace EdgeProxy.Host.Common;

/// <summary>Words for what goes wrong with files.</summary>
internal static class FileTrouble
{
    /// <summary>The cause, in words fit for a log.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        FileNotFoundException => "it does not exist",
        DirectoryNotFoundException => "its directory does not exist",
        UnauthorizedAccessException => "permission denied, or it is a directory",
        PathTooLongException => "its path is too long",
        IOException or InvalidDataException => exception.Message.TrimEnd('.'),
        _ => $"unexpected error: {exception.Message.TrimEnd('.')}",
    };
}
