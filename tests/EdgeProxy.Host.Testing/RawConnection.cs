using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeProxy.Host.Testing;

/// <summary>One connection, and bytes on it: requests that no HTTP client would send, and more of them behind.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly RawInput _input;

    private RawConnection(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _input = new RawInput(_stream);
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="IOException">The server reset it at once.</exception>
    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return new RawConnection(client);
        }
        catch (Exception exception) when (exception is SocketException { SocketErrorCode: SocketError.ConnectionReset } or InvalidOperationException)
        {
            client.Dispose();
            throw new IOException("The server reset the connection.", exception);
        }
    }

    /// <summary>Sends a request with a body and reads the answer.</summary>
    public async Task<RawResponse> PostAsync(string target, string key, ReadOnlyMemory<byte> body)
    {
        await SendAsync(Encoding.ASCII.GetBytes(
            $"POST {target} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n"));
        await SendAsync(body);
        return await ReadResponseAsync();
    }

    /// <summary>Sends a request without a body and reads the answer.</summary>
    public async Task<RawResponse> GetAsync(string target, string key)
    {
        await SendAsync(Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: {HostOf(target)}\r\nX-Environment-Key: {key}\r\n\r\n"));
        return await ReadResponseAsync();
    }

    /// <summary>The status line and the headers of the latest answer.</summary>
    public IReadOnlyList<string> LatestHead { get; private set; } = [];

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await _stream.WriteAsync(bytes, patience.Token);
    }

    /// <summary>Reads one whole answer with a <c>Content-Length</c>.</summary>
    public async Task<RawResponse> ReadResponseAsync()
    {
        var head = (await _input.ReadUntilAsync("\r\n\r\n"u8.ToArray())).Split("\r\n");
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var length = head.Skip(1)
            .Select(static line => line.Split(':', 2))
            .Where(static header => header[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(static header => int.Parse(header[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();
        var body = Encoding.UTF8.GetString(await _input.ReadAsync(length));
        LatestHead = head;
        return new RawResponse(status, body);
    }

    /// <summary>Reads whatever comes, until the server ends the connection in one way or another.</summary>
    public Task ReadToTheEndAsync() => _input.ReadToTheEndAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>An absolute target must name the host that the header names.</summary>
    private static string HostOf(string target) => Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url.Authority : "test";
}
