using System.Diagnostics;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary>Runs a load tool on the cores of the load.</summary>
internal static class LoadCommand
{
    /// <summary>Runs it; returns what it printed.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cores">The cores that it may use.</param>
    /// <exception cref="InvalidOperationException">It is not there, or it failed.</exception>
    public static async Task<string> RunAsync(string tool, IEnumerable<string> arguments, string cores = Cores.Load)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", cores, tool, .. arguments])
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
