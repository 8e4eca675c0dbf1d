using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy check-config</c>.</summary>
internal static class CheckConfigCommand
{
    private static readonly LoggingOptions ForPeople = new();

    /// <summary>Prints the settings, the problems and settings without effect, and a verdict.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="online">True to also send a request with each key to the upstream.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public static async Task<int> RunAsync(ConfigurationResult configuration, bool online, CancellationToken cancellationToken)
    {
        if (await StartupCheck.RunAsync(configuration, ForPeople) is null)
        {
            return 1;
        }

        await Console.Out.WriteLineAsync(ConfigurationRendering.Masked(ProxySettings.Catalog, configuration.Settings));
        foreach (var line in configuration.Warnings.Concat(configuration.Notes))
        {
            await Console.Error.WriteLineAsync(line);
        }

        var options = configuration.Options;
        var problem = options.Persistence.SnapshotDirectory is { } directory ? StoreDirectory.FindProblem(directory) : null;
        if (problem is not null)
        {
            var source = configuration.Origins.Find("snapshot_directory") is { } origin ? $" ({origin})" : "";
            await Console.Error.WriteLineAsync($"  snapshot_directory: {options.Persistence.SnapshotDirectory} cannot be used: {problem}{source}");
        }

        var results = online ? await OnlineCheck.RunAsync(options, cancellationToken) : [];
        foreach (var result in results)
        {
            await Console.Error.WriteLineAsync(LogText.Escape($"  {result.Name}: {result.Text}"));
        }

        var failed = results.Count(static result => !result.IsGood);
        await Console.Error.WriteLineAsync(Verdict(options, isStoreUsable: problem is null, failed, results.Count));
        return problem is null && failed == 0 ? 0 : 1;
    }

    private static string Verdict(ProxyOptions options, bool isStoreUsable, int failed, int checkedKeys) =>
        !isStoreUsable ? "The configuration can be used, but not its snapshot directory: the proxy would start, and keep nothing for the next start."
            : failed > 0 ? $"The configuration can be used, but {failed} of {Quantity.Of(checkedKeys, "key")} failed the check against {UpstreamUrl.Show(options.Upstream.ApiUrl)}; the lines above say why."
            : $"The configuration is valid: {ServedEnvironments.Describe(options)}.";
}
