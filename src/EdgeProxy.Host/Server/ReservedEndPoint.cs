using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>
/// An address that only operators know, such as that of the metrics. Its connections have places of their own, so that it
/// answers when clients have taken all others.
/// </summary>
internal sealed class ReservedEndPoint : IPEndPoint
{
    /// <param name="address">The address.</param>
    /// <param name="port">The port; 0 takes any free one.</param>
    public ReservedEndPoint(IPAddress address, int port)
        : base(address, port)
    {
    }

    /// <summary>Determines whether an address is an operators' listener: a Unix socket always is.</summary>
    public static bool IsReserved(EndPoint endPoint) => endPoint is ReservedEndPoint or UnixDomainSocketEndPoint;
}
