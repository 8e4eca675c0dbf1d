using System.Buffers.Text;
using System.Net.Sockets;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// A client of the warm-up's server. It blocks its thread, and reads no more of an answer than its status and its length: a
/// full HTTP client would have to be compiled as well.
/// </summary>
internal sealed class WarmUpConnection : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int StatusStart = 9; // behind "HTTP/1.1 "
    private const int StatusLength = 3;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferBytes];

    public WarmUpConnection(Socket socket)
    {
        _socket = socket;
    }

    /// <summary>Sends a request, and waits for the end of its answer.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="IOException">The answer has no length, or the connection was closed.</exception>
    /// <exception cref="SocketException">The answer did not come in time.</exception>
    public int Send(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += _socket.Send(request.AsSpan(sent));
        }

        var length = 0;
        int end;
        do
        {
            length += Receive(_buffer.AsSpan(length));
            end = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }
        while (end < 0);

        var head = _buffer.AsSpan(0, end);
        var left = BodyLengthOf(head) - (length - end - "\r\n\r\n"u8.Length);
        while (left > 0)
        {
            left -= Receive(_buffer);
        }

        return Utf8Parser.TryParse(head.Slice(StatusStart, StatusLength), out int status, out _) ? status : 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static int BodyLengthOf(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0)
        {
            return 0; // 304 has none
        }

        return Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : throw new IOException("An answer has no length.");
    }

    private int Receive(Span<byte> buffer)
    {
        var received = buffer.IsEmpty ? 0 : _socket.Receive(buffer);
        return received > 0 ? received : throw new IOException("The connection was closed within an answer.");
    }
}
