using System.Net.Sockets;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Server;

/// <summary>The file of a Unix socket, which remains after a process was killed.</summary>
internal static class UnixSocketFile
{
    /// <summary>The longest path of a socket, in bytes, on Linux.</summary>
    public const int MaxPathBytes = 107;

    /// <summary>Removes the file if it is a socket on which no process listens any more; otherwise binding fails.</summary>
    /// <param name="path">The path of the socket.</param>
    public static void RemoveStale(string path)
    {
        if (StateOf(path) == UnixSocketState.Stale)
        {
            File.Delete(path);
        }
    }

    /// <summary>Determines what is at the path, by connecting to it.</summary>
    /// <param name="path">The path of the socket.</param>
    public static UnixSocketState StateOf(string path)
    {
        if (!Path.Exists(path))
        {
            return UnixSocketState.Free;
        }

        // Linux refuses connections to a file that is no socket in the same way as to a stale one.
        if (LinuxFileStatus.OwnershipOf(path) is { IsSocket: false })
        {
            return UnixSocketState.NotASocket;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return UnixSocketState.InUse;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => UnixSocketState.Stale,
                SocketError.AccessDenied => UnixSocketState.NotPermitted,
                SocketError.NotSocket => UnixSocketState.NotASocket,
                _ => UnixSocketState.InUse,
            };
        }
    }
}
