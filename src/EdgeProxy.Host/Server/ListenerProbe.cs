using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>Tests whether a listener of this process accepts connections, by connecting to it.</summary>
internal static class ListenerProbe
{
    /// <summary>Connects to a listener, and waits until it accepts the connection.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="timeout">The time after which it counts as unresponsive.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>True if it accepted; null if that cannot be tested from here.</returns>
    public static async Task<bool?> AskAsync(LimitedListener listener, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        // A connection to a Unix socket has no address, so it cannot be recognized.
        if (listener.EndPoint is not IPEndPoint { Address: var address, Port: var port })
        {
            return null;
        }

        var reachable = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        using var socket = new Socket(reachable.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var client = default(EndPoint);
        var accepted = Task.CompletedTask;
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            socket.Bind(new IPEndPoint(reachable, 0));
            client = socket.LocalEndPoint!;
            accepted = listener.ExpectAsync(client);
            await socket.ConnectAsync(new IPEndPoint(reachable, port), either.Token);
            await accepted.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The backlog is full, or nothing accepts from it.
            return false;
        }
        catch (SocketException exception)
        {
            // Reset: it accepted and closed the connection before the client noticed. Refused: nothing listens. Any other
            // error, such as no free descriptor, says nothing about the listener.
            return client is not null && accepted.IsCompletedSuccessfully ? true
                : exception.SocketErrorCode == SocketError.ConnectionRefused ? false
                : null;
        }
        finally
        {
            if (client is not null)
            {
                listener.Forget(client);
            }
        }
    }
}
