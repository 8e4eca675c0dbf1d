using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// Two connected sockets of this process. They are real ones, so that the code of sockets is used too; no port stays open.
/// </summary>
internal static class SocketPair
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Connects two sockets over the loopback interface.</summary>
    /// <exception cref="SocketException">There is no loopback interface, or no descriptor is left.</exception>
    public static (Socket Client, Socket Server) Create()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port: 0));
        listener.Listen(backlog: 1);
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = (int)Patience.TotalMilliseconds,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            client.Connect(listener.LocalEndPoint!);
            return (client, Accept(listener, client.LocalEndPoint!));
        }
        catch (SocketException)
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Accepts the connection from an address, and closes those of others.</summary>
    private static Socket Accept(Socket listener, EndPoint client)
    {
        while (true)
        {
            var accepted = listener.Accept();
            if (client.Equals(accepted.RemoteEndPoint))
            {
                accepted.NoDelay = true;
                return accepted;
            }

            accepted.Dispose();
        }
    }
}
