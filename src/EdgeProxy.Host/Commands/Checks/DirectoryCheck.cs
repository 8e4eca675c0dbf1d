using System.Globalization;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Persistence;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the snapshot directory, if there is one: can it be written to, whose it is, and how much space is left.</summary>
internal static class DirectoryCheck
{
    private const string Name = "snapshot directory";
    private const double BytesPerMegabyte = 1_000_000;
    private const long MinFree = 16_000_000;
    private const uint Root = 0;

    // Two generations, and the file that is being written.
    private const int Copies = 3;

    /// <summary>Runs the check.</summary>
    public static void Run(CheckContext context, CheckReport report)
    {
        if (context.Options.Persistence.SnapshotDirectory is not { } path)
        {
            return;
        }

        var user = LinuxFileStatus.CurrentUser;
        var name = user is { } number ? FileOwnership.UserName(number) : Environment.UserName;
        if (StoreDirectory.FindProblem(path) is { } problem)
        {
            var found = LinuxFileStatus.OwnershipOf(path) is { } actual ? $" ({actual.Describe()}; this command runs as {name})" : "";
            report.Failure(Name, $"{path} cannot be used: {problem}{found}", "The proxy would start, and keep nothing for the next start");
            return;
        }

        var ownership = LinuxFileStatus.OwnershipOf(path);
        var free = FreeBytes(path);
        var text = $"{path} can be written to by {name}"
            + (ownership is null ? "" : $"; {ownership.Value.Describe()}")
            + (free is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; {free / BytesPerMegabyte:0} MB free"));
        if (free < Math.Max(MinFree, Copies * context.Documents.Sum(static document => (long)document.Length)))
        {
            report.Warning(Name, text, "Free space, or use another disk: the documents may not fit");
        }
        else if (new StoreDirectory(path).IsWritableByAnyone())
        {
            report.Warning(Name, $"{text}; every user of this machine can change what the proxy serves after a restart", $"chmod o-w {path}");
        }
        else if (FindStranger(ownership, user) is { } stranger)
        {
            report.Warning(Name, $"{text}; {stranger} can change what the proxy serves after a restart", $"chown {name.Split(' ')[0]} {path}, or use another directory");
        }
        else
        {
            report.Ok(Name, text);
        }
    }

    /// <summary>Finds an owner that is neither the user of the proxy nor root, who may do everything.</summary>
    public static string? FindStranger(FileOwnership? ownership, uint? user) =>
        ownership is { User: not Root and var owner } && owner != user ? $"its owner {FileOwnership.UserName(owner)}" : null;

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
