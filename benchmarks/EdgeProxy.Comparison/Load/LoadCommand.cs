using System.Diagnostics;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary>Runs a load tool on the load's core.</summary>
internal static class LoadCommand
{
    /// <summary>Runs it; returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or it failed.</exception>
    public static async Task<string> RunAsync(string tool, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", Cores.Load, tool, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{tool} failed: {await errors}{output}");
    }
}
