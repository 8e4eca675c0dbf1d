using System.Diagnostics;
using System.Globalization;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Another process that uses the core of the server.</summary>
internal sealed class BusyCoreHazard : IHazard
{
    // What the command timeout returns if it ended the program.
    private const int TimedOut = 124;

    /// <inheritdoc/>
    public async Task RunAsync(Uri server, TimeSpan duration)
    {
        var seconds = duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("taskset", ["-c", Cores.Server, "timeout", seconds, "sh", "-c", "while :; do :; done"]) { UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != TimedOut)
        {
            throw new InvalidOperationException($"The process that uses the core of the server ended with exit code {process.ExitCode}.");
        }
    }
}
