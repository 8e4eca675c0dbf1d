using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>The proxy that runs with the same configuration on this machine.</summary>
internal static class LocalProxy
{
    /// <summary>Returns its address.</summary>
    public static Uri AddressOf(ProxyOptions options)
    {
        var server = options.Server;
        return new Uri($"{(!options.Tls.IsEnabled ? "http" : "https")}://{ReachableName(server.Host)}:{server.Port}/");
    }

    /// <summary>
    /// Creates a client for it, without forward proxies. Any certificate is accepted: it is the proxy's own, issued for
    /// another name than this address.
    /// </summary>
    /// <param name="timeout">The time to wait for an answer.</param>
    public static HttpClient CreateClient(TimeSpan timeout)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler, disposeHandler: true) { Timeout = timeout };
    }

    /// <summary>Replaces the unspecified address by the loopback address.</summary>
    private static string ReachableName(string host) =>
        !IPAddress.TryParse(host, out var address) ? host
        : address.Equals(IPAddress.Any) ? "127.0.0.1"
        : address.Equals(IPAddress.IPv6Any) ? "[::1]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;
}
