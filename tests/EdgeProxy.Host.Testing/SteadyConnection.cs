using System.Net.Sockets;
using System.Text;

namespace EdgeProxy.Host.Testing;

/// <summary>
/// One connection that asks the same question again and again and allocates nothing for it, so that what is allocated
/// meanwhile is the server's.
/// </summary>
internal sealed class SteadyConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _answerLength;

    /// <param name="server">Where the server is.</param>
    /// <param name="request">A whole request.</param>
    public SteadyConnection(Uri server, string request)
    {
        _request = Encoding.UTF8.GetBytes(request);
        _socket.ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds;
        _socket.Connect(server.Host, server.Port);
        _answerLength = AskFirst();
    }

    /// <summary>The answer to the first question.</summary>
    public string FirstAnswer { get; private set; } = "";

    /// <summary>How many bytes the whole process allocates while so many questions are answered.</summary>
    public long MeasureAllocations(int questions)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < questions; i++)
        {
            _socket.Send(_request);
            for (var received = 0; received < _answerLength;)
            {
                received += Receive(received);
            }
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int AskFirst()
    {
        const string Header = "Content-Length: ";
        _socket.Send(_request);
        var received = 0;
        while (true)
        {
            received += Receive(received);
            var text = Encoding.Latin1.GetString(_buffer, 0, received);
            var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headEnd < 0)
            {
                continue;
            }

            var start = text.IndexOf(Header, StringComparison.Ordinal) + Header.Length;
            var length = headEnd + 4 + int.Parse(text.AsSpan(start, text.IndexOf('\r', start) - start));
            if (received == length)
            {
                FirstAnswer = text;
                return length;
            }
        }
    }

    private int Receive(int at)
    {
        var count = _socket.Receive(_buffer.AsSpan(at));
        return count > 0 ? count : throw new EndOfStreamException("The server closed the connection.");
    }
}
