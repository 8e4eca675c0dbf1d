using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy render-config</c>.</summary>
internal static class RenderConfigCommand
{
    /// <summary>Prints the defaults, or writes them to a new file if one is requested.</summary>
    public static async Task<int> RunAsync()
    {
        var text = ConfigurationRendering.Defaults(ProxySettings.Catalog);
        await Console.Out.WriteLineAsync(text);
        if (Environment.GetEnvironmentVariable(SettingsSources.PathVariable) is not { Length: > 0 } path)
        {
            return 0;
        }

        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(file);
            await writer.WriteLineAsync(text);
            await Console.Error.WriteLineAsync($"Written to {path}.");
            return 0;
        }
        catch (IOException) when (File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} exists already, and was left as it is.");
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be written: {FileErrors.Describe(path, exception)}.");
            return 1;
        }
    }
}
