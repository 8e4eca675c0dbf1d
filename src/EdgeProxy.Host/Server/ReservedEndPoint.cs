using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>
/// An address for operators only, such as the metrics port. Its connections have a limit of their own, so that it answers
/// when clients use up all others.
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
