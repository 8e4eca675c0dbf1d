using System.Net.Security;
using System.Text;

namespace EdgeProxy.Host.Testing.Steady;

/// <summary>The same over HTTP/1.1.</summary>
internal sealed class SteadyHttp1Connection : SteadyConnection
{
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _answerLength;

    /// <param name="server">The server's address.</param>
    /// <param name="request">A whole request.</param>
    public SteadyHttp1Connection(Uri server, string request)
        : base(server, SslApplicationProtocol.Http11)
    {
        _request = Encoding.UTF8.GetBytes(request);
        _answerLength = AskFirst();
    }

    /// <summary>The answer to the first question.</summary>
    public string FirstAnswer { get; private set; } = "";

    /// <inheritdoc/>
    private protected override void Ask()
    {
        Stream.Write(_request);
        for (var received = 0; received < _answerLength;)
        {
            received += Receive(received);
        }
    }

    private int AskFirst()
    {
        const string Header = "Content-Length: ";
        Stream.Write(_request);
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
            AnswerBodyLength = int.Parse(text.AsSpan(start, text.IndexOf('\r', start) - start));
            if (received == headEnd + 4 + AnswerBodyLength)
            {
                FirstAnswer = text;
                return received;
            }
        }
    }

    private int Receive(int at)
    {
        var count = Stream.Read(_buffer.AsSpan(at));
        return count > 0 ? count : throw new EndOfStreamException("The server closed the connection.");
    }
}
