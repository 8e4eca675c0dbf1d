using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace EdgeProxy.Host.Testing;

/// <summary>One connection of HTTP/2 and frames on it, in an order and a number that no client would send.</summary>
internal sealed class RawHttp2Connection : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte Continuation = 9;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly bool _isTls;
    private readonly Task _reading;

    private RawHttp2Connection(TcpClient client, Stream stream, bool isTls)
    {
        _client = client;
        _stream = stream;
        _isTls = isTls;
        _reading = ReadToTheEndAsync();
    }

    /// <summary>Opens a connection, with TLS if the address says so, and sends the preface.</summary>
    /// <exception cref="IOException">The server reset it at once.</exception>
    public static async Task<RawHttp2Connection> OpenAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            client.Dispose();
            throw new IOException("The server reset the connection.", exception);
        }

        Stream stream = client.GetStream();
        var isTls = address.Scheme == Uri.UriSchemeHttps;
        if (isTls)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
#pragma warning disable CA5359 // The certificate is the test's own.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            });
            stream = tls;
        }

        var connection = new RawHttp2Connection(client, stream, isTls);
        await connection.SendAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])]);
        return connection;
    }

    /// <summary>A frame as bytes.</summary>
    public static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>The headers of <c>GET /api/v1/flags/</c>, compressed as little as possible.</summary>
    public byte[] GetFlags(string key) =>
        [0x82, (byte)(_isTls ? 0x87 : 0x86), 0x04, .. Text("/api/v1/flags/"), 0x01, .. Text("test"), 0x00, .. Text("x-environment-key"), .. Text(key)];

    /// <summary>Sends bytes, and reads whatever comes meanwhile.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await _stream.WriteAsync(bytes, patience.Token);
    }

    /// <summary>Sends the same bytes over and over, until the server ends the connection or it was enough.</summary>
    /// <returns>True if the server ended it.</returns>
    public Task<bool> FloodAsync(byte[] bytes, int times) => FloodAsync(Enumerable.Repeat(bytes, times), waits: true);

    /// <summary>Opens streams and resets them at once.</summary>
    /// <param name="key">The key of the requests.</param>
    /// <param name="streams">The number of streams.</param>
    /// <param name="waits">True if to wait for the server to end the connection.</param>
    /// <returns>True if the server ended it.</returns>
    public Task<bool> ResetRapidlyAsync(string key, int streams, bool waits)
    {
        const int AtOnce = 50;
        var headers = GetFlags(key);
        return FloodAsync(
            Enumerable.Range(0, streams / AtOnce).Select(burst => (byte[])
            [
                .. Enumerable.Range(burst * AtOnce, AtOnce).SelectMany(i => (byte[])
                    [.. Frame(Headers, EndHeaders | EndStream, (2 * i) + 1, headers), .. Frame(ResetStream, 0, (2 * i) + 1, [0, 0, 0, 8])]),
            ]),
            waits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private async Task<bool> FloodAsync(IEnumerable<byte[]> bursts, bool waits)
    {
        try
        {
            foreach (var burst in bursts)
            {
                if (_reading.IsCompleted)
                {
                    return true;
                }

                await SendAsync(burst);
            }
        }
        catch (IOException)
        {
            return true;
        }

        if (waits)
        {
            await Task.WhenAny(_reading, Task.Delay(Patience.Limit, TimeProvider.System));
        }

        return _reading.IsCompleted;
    }

    private async Task ReadToTheEndAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // That was the end.
        }
    }
}
