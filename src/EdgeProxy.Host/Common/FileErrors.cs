namespace EdgeProxy.Host.Common;

/// <summary>Describes errors of reading or writing files in words.</summary>
internal static class FileErrors
{
    // Numbers of Linux, which the runtime leaves in the exception.
    private const int InputOutputError = 5;
    private const int NotADirectory = 20;
    private const int TooManyFilesOnTheMachine = 23;
    private const int TooManyFiles = 24;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>Describes an error, in words that follow "cannot be read".</summary>
    /// <param name="path">The file.</param>
    /// <param name="exception">The exception of the attempt.</param>
    public static string Describe(string path, Exception exception) => exception switch
    {
        _ when Directory.Exists(path) =>
            "it is a directory, not a file; a container engine makes one where the file to mount does not exist on its host",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such file, nor the directory that it should be in",
        _ => DescribeSystem(exception),
    };

    /// <summary>Describes an error of using a directory, in words that follow "cannot be used".</summary>
    /// <param name="path">The directory.</param>
    /// <param name="exception">The exception of the attempt.</param>
    public static string DescribeDirectory(string path, Exception exception) => exception switch
    {
        _ when File.Exists(path) => "it is a file, not a directory",
        FileNotFoundException or DirectoryNotFoundException => "it does not exist and cannot be created there",
        _ => DescribeSystem(exception),
    };

    private static string DescribeSystem(Exception exception) => exception switch
    {
        UnauthorizedAccessException => $"the user that the proxy runs as ({Environment.UserName}) lacks the permission",
        IOException { HResult: NoSpace } => "the disk is full; free space, or use another disk",
        IOException { HResult: QuotaExceeded } => "the disk quota is exceeded; raise it, or use another disk",
        IOException { HResult: ReadOnly } => "the file system is read-only; mount a volume that can be written to",
        IOException { HResult: NotADirectory } => "a part of the path is a file, not a directory",
        IOException { HResult: TooManyFiles } => "this process has no file descriptors left (raise ulimit -n)",
        IOException { HResult: TooManyFilesOnTheMachine } => "this machine has no file descriptors left (raise fs.file-max)",
        IOException { HResult: InputOutputError } => "the disk reports an input/output error; check its health",
        _ => exception.Message,
    };
}
