using System.Diagnostics;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The program that renders charts.</summary>
internal static class Helm
{
    /// <summary>True if it is installed.</summary>
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(static folder => File.Exists(Path.Combine(folder, "helm")));

    /// <summary>Runs it on our chart.</summary>
    /// <returns>Its exit code, and what it printed to both streams.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string values, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, values);
        try
        {
            var start = new ProcessStartInfo("helm", [.. arguments, Repository.PathOf(DeployFiles.Chart), "--values", file])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var helm = Process.Start(start)!;
            var output = helm.StandardOutput.ReadToEndAsync();
            var error = helm.StandardError.ReadToEndAsync();
            await helm.WaitForExitAsync();
            return (helm.ExitCode, await output + await error);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
