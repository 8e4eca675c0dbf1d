using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Requests are answered on the threads that learn of them, of which there is one a core: from the event of the socket to
/// the answer nothing is handed from thread to thread, which on a busy core costs more than the answer itself.
/// </summary>
/// <remarks>
/// So nothing on the way of a request may wait or take long, or all connections of that thread would. What may be long
/// is done elsewhere: documents are fetched on the thread pool, compiled on threads of their own, and large bodies
/// compressed aside; and connections that always have another request give way (<see cref="ConnectionFairness"/>).
/// </remarks>
internal static class InlineTransport
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string On = "1";

    /// <summary>Asks the runtime for it, unless it was told otherwise. Counts only before the process has its first socket.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            Environment.SetEnvironmentVariable(Switch, On);
        }
    }

    /// <summary>Asks the server for it: what a socket's event brings goes on where it came.</summary>
    public static void Configure(SocketTransportOptions sockets) =>
        sockets.UnsafePreferInlineScheduling = Environment.GetEnvironmentVariable(Switch) == On;
}
