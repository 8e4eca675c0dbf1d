using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Requests;

/// <summary>The proxy that runs on this machine with the same configuration.</summary>
internal sealed class LocalProxy
{
    private readonly ProxyOptions _options;

    public LocalProxy(ProxyOptions options)
    {
        _options = options;
    }

    private string Scheme => _options.Tls.IsEnabled ? "https" : "http";

    /// <summary>Returns the URL of a path at the main listener.</summary>
    public Uri UrlOf(string path) => UrlOf(_options.Server.Host, _options.Server.Port, path);

    /// <summary>Returns the URL of a path at the listener for operators' paths.</summary>
    public Uri OperatorsUrlOf(string path)
    {
        var operators = _options.Operators;
        return operators.Port is { } port ? UrlOf(operators.Host ?? _options.Server.Host, port, path)
            : operators.UnixSocket is not null ? new Uri($"http://localhost{path}")
            : UrlOf(path);
    }

    /// <summary>Creates a client for the main listener.</summary>
    public static HttpClient CreateClient(TimeSpan timeout) => CreateClient(timeout, socket: null);

    /// <summary>Creates a client for the listener for operators' paths.</summary>
    public HttpClient CreateOperatorsClient(TimeSpan timeout) =>
        CreateClient(timeout, _options.Operators.Port is null ? _options.Operators.UnixSocket : null);

    private static HttpClient CreateClient(TimeSpan timeout, string? socket)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };

        // Any certificate is accepted: it is the proxy's own, issued for another name than this address.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        if (socket is not null)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            };
        }

        return new HttpClient(handler) { Timeout = timeout };
    }

    private Uri UrlOf(string host, int port, string path) => new($"{Scheme}://{ReachableName(host)}:{port}{path}");

    /// <summary>Replaces the unspecified address by the loopback address.</summary>
    private static string ReachableName(string host) =>
        !IPAddress.TryParse(host, out var address) ? host
        : address.Equals(IPAddress.Any) ? "127.0.0.1"
        : address.Equals(IPAddress.IPv6Any) ? "[::1]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;
}
