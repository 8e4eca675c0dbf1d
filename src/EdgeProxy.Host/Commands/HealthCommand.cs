using System.Net;
using System.Net.Sockets;
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
        using var handler = new SocketsHttpHandler { UseProxy = false };

        // Any certificate is accepted: it is the proxy's own, issued for another name than this address, and nothing secret is sent.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri($"{(!configuration.Options.Tls.IsEnabled ? "http" : "https")}://{ReachableName(server.Host)}:{server.Port}/proxy/health/readiness"), cancellationToken);
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

    /// <summary>Replaces the unspecified address by the loopback address.</summary>
    public static string ReachableName(string host) =>
        !IPAddress.TryParse(host, out var address) ? host
        : address.Equals(IPAddress.Any) ? "127.0.0.1"
        : address.Equals(IPAddress.IPv6Any) ? "[::1]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;
}
