using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>All checks of <c>edge-proxy doctor</c> (docs/spec/operator-commands.md 1), in an order in which each is possible if those before it are good.</summary>
internal static class CheckRun
{
    /// <summary>Runs the checks.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="cancellationToken">Cancels the checks.</param>
    public static async Task<CheckReport> RunAsync(ConfigurationResult configuration, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var report = new CheckReport();
        if (!ConfigurationCheck.Run(configuration, report))
        {
            return report;
        }

        var context = new CheckContext(configuration, variable);
        context = context with { Documents = await CheckUpstreamAsync(context, report, cancellationToken) };
        await StreamCheck.RunAsync(context, report, cancellationToken);
        await StoreCheck.RunAsync(context, report, cancellationToken);
        await OtlpCheck.RunAsync(context, report, cancellationToken);
        DirectoryCheck.Run(context, report);
        await ListenerCheck.RunAsync(context, report, cancellationToken);
        await SocketCheck.RunAsync(context, report, cancellationToken);
        ResourceCheck.Run(context, report);
        SecretCheck.Run(context.Options, report);
        return report;
    }

    private static async Task<IReadOnlyList<byte[]>> CheckUpstreamAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var options = context.Options;
        if (options is { EnvironmentKeyPairs.Count: 0, Upstream.ProxyKey: null })
        {
            report.Skipped("API", "no environment is fetched from it");
            return [];
        }

        if (options.Fleet is { Store: not null, Poll: FleetPolling.Never })
        {
            report.Skipped("API", "this instance does not poll it (fleet.poll)");
            return [];
        }

        if (!await ConnectionCheck.RunAsync(context, report, cancellationToken))
        {
            report.Skipped("key", "not checked: there is no way to the API");
            return [];
        }

        var documents = await KeyCheck.RunAsync(context, report, cancellationToken);
        await SendCheck.RunAsync(context, report, cancellationToken);
        return documents;
    }
}
