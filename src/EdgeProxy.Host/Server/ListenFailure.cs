using System.Net.Sockets;
using EdgeProxy.Host.Http.Tls;

namespace EdgeProxy.Host.Server;

/// <summary>Describes why a listener could not be opened, in words.</summary>
internal static class ListenFailure
{
    private const string SocketAddress = "the Unix socket ";

    /// <summary>Describes the failure: the address, the cause, what to do, and what the proxy does.</summary>
    /// <param name="exception">The exception of the start.</param>
    /// <param name="options">The options, for the address where the exception names none.</param>
    public static string Describe(Exception exception, ServerOptions options)
    {
        var address = AddressOf(exception) ?? $"{options.Host} port {options.Port}";
        var cause = exception is CertificateException ? exception.Message
            : CauseOf(SocketErrorOf(exception), isSocket: address.StartsWith(SocketAddress, StringComparison.Ordinal)) ?? exception.Message;
        return $"Cannot listen on {address}: {cause.TrimEnd('.')}. The proxy exits with code 1";
    }

    private static string? CauseOf(SocketError? error, bool isSocket) => error switch
    {
        SocketError.AddressAlreadyInUse when isSocket => "another program listens on it, or it is a file that is no socket; set operators.unix_socket to another path (edge-proxy doctor says which)",
        SocketError.AddressAlreadyInUse => "the port is in use by another program (ss -ltnp shows it); stop that, or set another port",
        SocketError.AccessDenied => $"the user that the proxy runs as ({Environment.UserName}) may not use this port; set one above 1023",
        SocketError.AddressNotAvailable => "this machine does not have this address; set server.host to one that it has, or to 0.0.0.0",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "there is no such host name; set server.host to an address of this machine, or to 0.0.0.0",
        SocketError.TooManyOpenSockets => "this process has no file descriptors left (raise ulimit -n)",
        _ => null,
    };

    private static SocketError? SocketErrorOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }

    /// <summary>Finds the address in a message of the server: <c>Failed to bind to address http://[::]:80: …</c>, or <c>http://unix:/run/a.sock: …</c>.</summary>
    private static string? AddressOf(Exception exception)
    {
        const string Prefix = "Failed to bind to address ";
        var message = exception.Message;
        if (!message.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = message.IndexOf(": ", Prefix.Length, StringComparison.Ordinal);
        var address = end < 0 ? message[Prefix.Length..].TrimEnd('.') : message[Prefix.Length..end];
        const string SocketMark = "://unix:";
        var socket = address.IndexOf(SocketMark, StringComparison.Ordinal);
        return socket >= 0 ? SocketAddress + address[(socket + SocketMark.Length)..]
            : Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Host} port {url.Port}" : address;
    }
}
