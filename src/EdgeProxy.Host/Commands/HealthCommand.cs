using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy health</c>: for health checks of containers without curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Requests readiness from the proxy at the configured address.</summary>
    /// <param name="configuration">The configuration; only the listener is used.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<int> RunAsync(ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        var server = configuration.Options.Server;
        using var client = LocalProxy.CreateClient(Timeout); // nothing secret is sent
        try
        {
            using var response = await client.GetAsync(new Uri(LocalProxy.AddressOf(configuration.Options), "/proxy/health/readiness"), cancellationToken);
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            var reason = exception is HttpRequestException failed ? $"{failed.HttpRequestError}" : $"no answer within {Timeout.TotalSeconds} s";
            await Console.Error.WriteLineAsync($"Nothing answers at {server.Host} port {server.Port} ({reason}).");
            return 1;
        }
    }
}
