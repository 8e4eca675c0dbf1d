using System.Buffers.Binary;
using System.Net.Security;
using System.Text;

namespace EdgeProxy.Host.Testing.Steady;

/// <summary>The same over HTTP/2, of which this is as much as it takes: one stream after the other, and frames read as they come.</summary>
internal sealed class SteadyHttp2Connection : SteadyConnection
{
    private const int FrameHeadLength = 9;
    private const int MaxFrameBytes = 16 * 1024;
    private const byte EndOfStream = 1;
    private const byte EndOfHeaders = 4;
    private const byte StatusOk = 0x88;

    private readonly byte[] _request;
    private readonly int[] _frames; // where they begin in the request, for they name their stream
    private readonly byte[] _head = new byte[FrameHeadLength];
    private readonly byte[] _payload = new byte[MaxFrameBytes];
    private int _stream = -1;

    /// <param name="server">The server's address.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="headers">The request's headers, with those that begin with a colon first.</param>
    public SteadyHttp2Connection(Uri server, string body, params (string Name, string Value)[] headers)
        : base(server, SslApplicationProtocol.Http2)
    {
        const byte InitialWindowSize = 4;
        const int Unlimited = int.MaxValue;
        Stream.Write([
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame(FrameType.Settings, 0, [0, InitialWindowSize, .. Number(Unlimited)]),
            .. Frame(FrameType.WindowUpdate, 0, Number(Unlimited - ushort.MaxValue)),
        ]);

        // Literal, without a table of what was sent before: the same bytes each time.
        byte[] head = [.. headers.SelectMany(static header => (byte[])[0, .. Literal(header.Name), .. Literal(header.Value)])];
        var first = Frame(FrameType.Headers, (byte)(EndOfHeaders | (body.Length == 0 ? EndOfStream : 0)), head);
        _frames = body.Length == 0 ? [0] : [0, first.Length];
        _request = body.Length == 0 ? first : [.. first, .. Frame(FrameType.Data, EndOfStream, Encoding.UTF8.GetBytes(body))];
        AnswerBodyLength = Answer();
    }

    private enum FrameType : byte
    {
        Data = 0,
        Headers = 1,
        Settings = 4,
        WindowUpdate = 8,
    }

    /// <inheritdoc/>
    private protected override void Ask() => Assert.Equal(AnswerBodyLength, Answer());

    /// <returns>The length of the response body.</returns>
    private int Answer()
    {
        _stream += 2;
        foreach (var frame in _frames)
        {
            BinaryPrimitives.WriteInt32BigEndian(_request.AsSpan(frame + FrameHeadLength - sizeof(int)), _stream);
        }

        Stream.Write(_request);
        var length = 0;
        while (true)
        {
            Stream.ReadExactly(_head);
            var payload = _payload.AsSpan(0, (_head[0] << 16) | (_head[1] << 8) | _head[2]);
            Stream.ReadExactly(payload);
            switch ((FrameType)_head[3])
            {
                case FrameType.Headers when payload.IndexOf(StatusOk) is >= 0 and <= 2: // behind the size of a table, if that is said
                    break;
                case FrameType.Data:
                    length += payload.Length;
                    break;
                case FrameType.Settings when _head[4] == 0:
                    Stream.Write(Frame(FrameType.Settings, 1, []));
                    continue;
                case FrameType.Settings or FrameType.WindowUpdate:
                    continue;
                default:
                    throw new InvalidOperationException($"The answer is a frame of type {_head[3]}: {Convert.ToHexString(payload)}");
            }

            if ((_head[4] & EndOfStream) != 0)
            {
                return length;
            }
        }
    }

    private static byte[] Frame(FrameType type, byte flags, byte[] payload) =>
        [.. Number(payload.Length)[1..], (byte)type, flags, .. Number(0), .. payload];

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>A text of less than 127 bytes.</summary>
    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
