using System.Net.Sockets;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Describes failed connections in words.</summary>
internal static class ConnectionFailure
{
    /// <summary>Classifies an exception of the HTTP client.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="url">The requested URL.</param>
    /// <param name="setting">The setting that the URL comes from.</param>
    public static UpstreamException Of(HttpRequestException exception, Uri url, string setting = "api_url") =>
        new(Describe(exception, url, setting), innerException: exception) { Url = url };

    private static string Describe(HttpRequestException exception, Uri url, string setting)
    {
        var endpoint = EndpointOf(exception, url);
        return exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => OfSocket(Find<SocketException>(exception), endpoint, setting),
            HttpRequestError.ConnectionError => OfSocket(Find<SocketException>(exception), endpoint, setting),
            HttpRequestError.SecureConnectionError when Find<CertificateRejectedException>(exception) is { } rejected => rejected.Message,
            HttpRequestError.SecureConnectionError => $"the TLS handshake with {endpoint} failed (does it speak TLS there?)",
            HttpRequestError.ProxyTunnelError => $"the forward proxy opened no connection to {endpoint}",
            HttpRequestError.ConfigurationLimitExceeded => $"the answer of {endpoint} has headers that are too large",
            HttpRequestError.InvalidResponse => $"the answer of {endpoint} is not HTTP",
            _ when Find<SocketException>(exception) is { } socket => OfSocket(socket, endpoint, setting),
            HttpRequestError.ResponseEnded => $"{endpoint} closed the connection before the answer was complete",
            _ => $"the connection to {endpoint} failed",
        };
    }

    private static string OfSocket(SocketException? exception, string endpoint, string setting) => exception?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"connection refused by {endpoint} (nothing listens there; check {setting})",
        SocketError.HostNotFound or SocketError.NoData => $"no such host: {endpoint} (check {setting} and DNS)",
        SocketError.TryAgain => $"the name server does not answer for {endpoint} (check {setting} and DNS)",
        SocketError.TimedOut => $"connecting to {endpoint} timed out (is it the right address, and does a firewall drop packets?)",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => $"no route to {endpoint} (check the network, and {setting})",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => $"connection reset by {endpoint}",
        SocketError.AccessDenied => $"connecting to {endpoint} is forbidden (a firewall, or a policy of this machine?)",
        SocketError.TooManyOpenSockets => $"no connection to {endpoint}: this process has no file descriptors left (raise ulimit -n)",
        _ => $"the connection to {endpoint} failed",
    };

    /// <summary>The endpoint that the client names, which may be a forward proxy; otherwise that of the URL.</summary>
    private static string EndpointOf(HttpRequestException exception, Uri url)
    {
        var message = exception.Message;
        var open = message.LastIndexOf('(');
        return open >= 0 && message.EndsWith(')') && message.AsSpan(open).Contains(':') ? message[(open + 1)..^1] : UpstreamUrl.Endpoint(url);
    }

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
            {
                return found;
            }
        }

        return null;
    }
}
