using System.Diagnostics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>The operating system's figures of the process, under the names that all programs use.</summary>
internal static class ProcessMetrics
{
    private const string OpenFiles = "/proc/self/fd";
    private static readonly string[] None = [];

    /// <summary>All of these metrics.</summary>
    public static IEnumerable<MetricFamily> All() =>
    [
        new("process_cpu_seconds_total", MetricKind.Counter, "processor time of the process, in user and system mode", None,
            static () => [new MetricSample(Environment.CpuUsage.TotalTime.TotalSeconds)]),
        new("process_resident_memory_bytes", MetricKind.Gauge, "memory of the process that is in RAM", None,
            static () => [new MetricSample(Environment.WorkingSet)]),
        new("process_open_fds", MetricKind.Gauge, "open files and sockets; on Linux only", None, CountOpenFiles),
        new("process_threads", MetricKind.Gauge, "threads of the process", None, static () => [new MetricSample(Read(static process => process.Threads.Count))]),
        new("process_start_time_seconds", MetricKind.Gauge, "when the process started, in seconds since 1970", None,
            static () => [new MetricSample(Read(static process => (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds))]),
    ];

    private static IEnumerable<MetricSample> CountOpenFiles()
    {
        try
        {
            return [new MetricSample(Directory.EnumerateFileSystemEntries(OpenFiles).Count())];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // unknown on this platform
        }
    }

    private static double Read(Func<Process, double> read)
    {
        using var process = Process.GetCurrentProcess();
        return read(process);
    }
}
