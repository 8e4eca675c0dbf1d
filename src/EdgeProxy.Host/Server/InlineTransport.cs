using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Requests are answered on the threads that receive socket events, one per core: from the event of the socket to the
/// answer nothing is handed from thread to thread, which on a busy core costs more than the answer itself.
/// </summary>
/// <remarks>
/// So nothing on the request path may block or take long, or all connections of that thread would. Long work is done
/// elsewhere: documents are fetched on the thread pool and compiled on threads of their own, large bodies are compressed in
/// the background; and connections that always have another request yield (<see cref="ConnectionFairness"/>).
/// </remarks>
internal static class InlineTransport
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string On = "1";

    /// <summary>
    /// Enables inline completions in the runtime, unless configured otherwise. Must be called before the process opens its
    /// first socket.
    /// </summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            Environment.SetEnvironmentVariable(Switch, On);
        }
    }

    /// <summary>Configures the server's transport to continue on the thread of the socket event.</summary>
    public static void Configure(SocketTransportOptions sockets) =>
        sockets.UnsafePreferInlineScheduling = Environment.GetEnvironmentVariable(Switch) == On;
}
