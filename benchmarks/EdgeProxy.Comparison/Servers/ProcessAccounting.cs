using System.Globalization;

namespace EdgeProxy.Comparison.Servers;

/// <summary>The system's accounting of processes (Linux).</summary>
internal static class ProcessAccounting
{
    // The kernel counts in hundredths of a second, whatever its own clock.
    private const long TicksPerCount = TimeSpan.TicksPerSecond / 100;

    // Places in /proc/PID/stat behind the name, which may hold spaces.
    private const int MinorFaults = 7;
    private const int MajorFaults = 9;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    // Places in a line of /proc/net/tcp.
    private const int LocalAddress = 1;
    private const int State = 3;
    private const int Inode = 9;
    private const string Listening = "0A";

    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>User and system time of all threads.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        var fields = ReadStat(process);
        return TimeSpan.FromTicks((Parse(fields[UserTime]) + Parse(fields[SystemTime])) * TicksPerCount);
    }

    /// <summary>Page faults of all threads: minor ones, and major ones that wait for a disk.</summary>
    public static long PageFaults(int process)
    {
        var fields = ReadStat(process);
        return Parse(fields[MinorFaults]) + Parse(fields[MajorFaults]);
    }

    /// <summary>Bytes in RAM.</summary>
    public static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>The processes that listen on a port of this machine.</summary>
    public static IReadOnlyList<int> ListenersOn(int port)
    {
        var suffix = $":{port:X4}";
        var sockets = SocketTables
            .Where(File.Exists)
            .SelectMany(static file => File.ReadLines(file).Skip(1))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[State] == Listening && fields[LocalAddress].EndsWith(suffix, StringComparison.Ordinal))
            .Select(static fields => $"socket:[{fields[Inode]}]")
            .ToHashSet(StringComparer.Ordinal);
        return [.. Processes().Where(process => Holds(process, sockets))];
    }

    private static string[] ReadStat(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc")
            .Select(static directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(static process => process > 0);

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd")
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or somebody else's
        }
    }

    private static long Parse(string number) => long.Parse(number, CultureInfo.InvariantCulture);
}
