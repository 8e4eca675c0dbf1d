using System.Globalization;

namespace EdgeProxy.Comparison.Servers;

/// <summary>The system's accounting of the threads of a process, summed up (Linux). Threads that ended are not in it.</summary>
/// <param name="VoluntarySwitches">How often they gave up their core to wait.</param>
/// <param name="InvoluntarySwitches">How often they lost it to another thread.</param>
/// <param name="CoreWait">The time that they could run and had no core.</param>
internal sealed record ThreadAccounting(long VoluntarySwitches, long InvoluntarySwitches, TimeSpan CoreWait)
{
    private const string Voluntary = "voluntary_ctxt_switches:";
    private const string Involuntary = "nonvoluntary_ctxt_switches:";

    // The place in /proc/PID/task/TID/schedstat, in nanoseconds.
    private const int TimeWithoutCore = 1;

    /// <summary>Reads it.</summary>
    /// <param name="process">The number of the process.</param>
    public static ThreadAccounting Of(int process)
    {
        var sum = new ThreadAccounting(0, 0, TimeSpan.Zero);
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            try
            {
                sum = sum.Plus(File.ReadAllLines($"{thread}/status"), File.ReadAllText($"{thread}/schedstat"));
            }
            catch (IOException)
            {
                // It ended just now.
            }
        }

        return sum;
    }

    /// <summary>Adds a thread.</summary>
    /// <param name="status">The lines of its <c>status</c>.</param>
    /// <param name="schedule">Its <c>schedstat</c>.</param>
    internal ThreadAccounting Plus(string[] status, string schedule) => new(
        VoluntarySwitches + Find(status, Voluntary),
        InvoluntarySwitches + Find(status, Involuntary),
        CoreWait + TimeSpan.FromMicroseconds(Parse(schedule.Split(' ')[TimeWithoutCore]) / 1000.0));

    private static long Find(string[] status, string name) =>
        Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]);

    private static long Parse(string number) => long.Parse(number.AsSpan().Trim(), CultureInfo.InvariantCulture);
}
