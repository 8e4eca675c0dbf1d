using System.Runtime.InteropServices;
using System.Text;

namespace EdgeProxy.Host.Server;

/// <summary>
/// The number of file descriptors that the operating system allows the process: every connection, file and loaded library
/// uses one. A .NET process without a free one cannot load code, not even the code that would report it.
/// </summary>
internal static partial class DescriptorLimit
{
    /// <summary>The minimum with which the program starts: its own files and libraries use more than half of it.</summary>
    public const long Minimum = 256;

    private const int NoFile = 7; // RLIMIT_NOFILE on Linux
    private const int StandardError = 2;
    private const string OpenDescriptors = "/proc/self/fd";

    /// <summary>Raises the soft limit to the hard limit.</summary>
    /// <returns>The new limit; null if unknown.</returns>
    public static long? Raise()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            if (GetLimit(NoFile, out var limit) != 0)
            {
                return null;
            }

            if (limit.Soft < limit.Hard)
            {
                var raised = limit with { Soft = limit.Hard };
                limit = SetLimit(NoFile, in raised) == 0 ? raised : limit;
            }

            return (long)Math.Min(limit.Soft, long.MaxValue);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The number of open descriptors; null if unknown.</summary>
    public static int? CountOpen()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries(OpenDescriptors).Length : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Checks that the limit suffices for the start, and reports to standard error if it does not. Uses nothing that would
    /// have to be loaded from a file: there may be no descriptor left for it.
    /// </summary>
    /// <param name="limit">The limit; null if unknown.</param>
    public static bool IsEnough(long? limit)
    {
        if (limit is not < Minimum)
        {
            return true;
        }

        var message = $"Cannot start: the process may open only {limit} files and sockets, and needs at least {Minimum}. "
            + "Raise the hard limit (ulimit -Hn in a shell, LimitNOFILE= in a systemd unit, --ulimit nofile= for a container).\n";
        var bytes = Encoding.UTF8.GetBytes(message);
        unsafe
        {
            fixed (byte* start = bytes)
            {
                _ = Write(StandardError, start, (nuint)bytes.Length);
            }
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint Write(int descriptor, byte* bytes, nuint count);

    /// <summary><c>struct rlimit</c>.</summary>
    private readonly record struct ResourceLimit
    {
        public ulong Soft { get; init; }

        public ulong Hard { get; init; }
    }
}
