using System.Text.Json;
using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy doctor</c> (docs/spec/operator-commands.md 1): checks the configuration and everything around it.</summary>
internal static class DoctorCommand
{
    /// <summary>Runs all checks, and prints the results.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="isJson">True to print JSON.</param>
    /// <param name="cancellationToken">Cancels the checks.</param>
    /// <returns>0 if all is well, 1 for warnings, 2 for failures.</returns>
    public static async Task<int> RunAsync(ConfigurationResult configuration, bool isJson, CancellationToken cancellationToken)
    {
        var report = await CheckRun.RunAsync(configuration, Environment.GetEnvironmentVariable, cancellationToken);
        if (!isJson)
        {
            await Console.Out.WriteLineAsync(CheckText.Of(report));
            return report.ExitCode;
        }

        await using var output = Console.OpenStandardOutput();
        await using (var writer = new Utf8JsonWriter(output, CompactJson.Options))
        {
            CheckJson.Write(writer, report);
        }

        output.WriteByte((byte)'\n');
        return report.ExitCode;
    }
}
