using System.Globalization;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the snapshot directory, if there is one: can it be written to, by whom, and how much space is left.</summary>
internal static class DirectoryCheck
{
    private const string Name = "snapshot directory";
    private const double BytesPerMegabyte = 1_000_000;
    private const long MinFree = 16_000_000;

    // Two generations, and the file that is being written.
    private const int Copies = 3;

    /// <summary>Runs the check.</summary>
    public static void Run(CheckContext context, CheckReport report)
    {
        if (context.Options.Persistence.SnapshotDirectory is not { } path)
        {
            return;
        }

        if (StoreDirectory.FindProblem(path) is { } problem)
        {
            report.Failure(Name, $"{path} cannot be used: {problem}", "The proxy would start, and keep nothing for the next start");
            return;
        }

        var free = FreeBytes(path);
        var text = $"{path} can be written to by {Environment.UserName}{(free is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; {free / BytesPerMegabyte:0} MB free"))}";
        if (free < Math.Max(MinFree, Copies * context.Documents.Sum(static document => (long)document.Length)))
        {
            report.Warning(Name, text, "Free space, or use another disk: the documents may not fit");
        }
        else if (new StoreDirectory(path).IsWritableByAnyone())
        {
            report.Warning(Name, $"{text}; every user of this machine can change what the proxy serves after a restart", $"chmod o-w {path}");
        }
        else
        {
            report.Ok(Name, text);
        }
    }

    private static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(path))! : Path.GetFullPath(path)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
