using System.Net.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>The file of a Unix socket, which remains after a process was killed.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes the file if no process listens on it any more; otherwise binding fails.</summary>
    /// <param name="path">The path of the socket.</param>
    public static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Not a socket, or owned by another user: binding reports the error.
        }
    }
}
