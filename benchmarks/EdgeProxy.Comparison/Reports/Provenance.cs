using System.Diagnostics;
using System.Globalization;
using EdgeProxy.Testing;

namespace EdgeProxy.Comparison.Reports;

/// <summary>Describes where figures come from: the day, the commit and the machine.</summary>
internal static class Provenance
{
    private const string Processors = "/proc/cpuinfo";
    private const string ModelName = "model name";

    /// <summary>Describes figures that are taken now, by the program as it is in this repository.</summary>
    /// <param name="time">The clock.</param>
    public static async Task<string> DescribeAsync(TimeProvider time)
    {
        var commit = await AskGitAsync("rev-parse", "--short=7", "HEAD");
        var changes = await AskGitAsync("status", "--porcelain", "--untracked-files=no", "--", "src", "benchmarks");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {time.GetUtcNow():yyyy-MM-dd}, commit {(commit.Length == 0 ? "unknown" : commit)}{(changes.Length == 0 ? "" : " with changes")}, on {Environment.ProcessorCount} cores of {Model()}.");
    }

    private static string Model() => File.Exists(Processors)
        && File.ReadLines(Processors).FirstOrDefault(static line => line.StartsWith(ModelName, StringComparison.Ordinal)) is { } found
            ? found[(found.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "an unknown processor";

    /// <summary>Runs git; returns what it printed, or nothing if it failed.</summary>
    private static async Task<string> AskGitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await errors;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output.Trim() : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return ""; // not installed
        }
    }
}
