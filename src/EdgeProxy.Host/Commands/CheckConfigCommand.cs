using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy check-config</c>.</summary>
internal static class CheckConfigCommand
{
    /// <summary>Lists problems, or what is set.</summary>
    public static async Task<int> RunAsync(ConfigurationResult configuration)
    {
        if (await StartupCheck.RunAsync(configuration) is null)
        {
            return 1;
        }

        foreach (var warning in configuration.Warnings)
        {
            await Console.Error.WriteLineAsync(warning);
        }

        await Console.Out.WriteLineAsync(ConfigurationRendering.Masked(ProxySettings.Catalog, configuration.Settings));
        return 0;
    }
}
