using System.Net.Security;
using System.Net.Sockets;

namespace EdgeProxy.Host.Testing.Steady;

/// <summary>
/// One connection that asks the same question again and again and allocates as good as nothing for it, so that what is
/// allocated meanwhile is the server's.
/// </summary>
internal abstract class SteadyConnection : IDisposable
{
    /// <summary>The stream of the connection.</summary>
    private protected Stream Stream { get; }

    /// <param name="server">The server's address; <c>https</c> means TLS.</param>
    /// <param name="protocol">The protocol to negotiate with TLS.</param>
    private protected SteadyConnection(Uri server, SslApplicationProtocol protocol)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds };
        socket.Connect(server.Host, server.Port);
        Stream = new NetworkStream(socket, ownsSocket: true);
        if (server.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(Stream);
            tls.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = "edge-proxy.test",
                ApplicationProtocols = [protocol],
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            });
            Stream = tls;
        }
    }

    /// <summary>The length of the first response body, in bytes.</summary>
    public int AnswerBodyLength { get; private protected set; }

    /// <summary>The bytes that the whole process allocates while a number of requests are answered.</summary>
    public long MeasureAllocations(int questions)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < questions; i++)
        {
            Ask();
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>The least of several tries, in bytes a question: what other threads of the process allocate comes and goes.</summary>
    public long MinAllocations()
    {
        const int Questions = 500;
        const int Tries = 20;
        var least = long.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            least = Math.Min(least, MeasureAllocations(Questions));
        }

        return least / Questions;
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    /// <summary>Asks, and waits for the whole answer.</summary>
    private protected abstract void Ask();
}
