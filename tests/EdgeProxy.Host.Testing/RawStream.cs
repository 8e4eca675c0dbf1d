using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeProxy.Host.Testing;

/// <summary>An event stream on a connection of its own, chunk by chunk, as it is on the wire.</summary>
internal sealed class RawStream : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly RawInput _input;

    private RawStream(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _input = new RawInput(_stream);
    }

    /// <summary>The status line and the headers.</summary>
    public IReadOnlyList<string> Head { get; private set; } = [];

    /// <summary>The first chunk.</summary>
    public string? Opening { get; private set; }

    /// <summary>Opens a connection and asks for a stream, and reads the head and the first chunk.</summary>
    public static Task<RawStream> OpenAsync(Uri address, string key, params (string Name, string Value)[] headers) => OpenAtAsync(address, TargetOf(key), headers);

    /// <summary>The same for any stream.</summary>
    public static async Task<RawStream> OpenAtAsync(Uri address, string target, params (string Name, string Value)[] headers)
    {
        var stream = await ConnectAsync(address);
        await stream.RequestAtAsync(target, headers);
        await stream.ReadHeadAsync();
        stream.Opening = await stream.ReadChunkAsync();
        return stream;
    }

    /// <summary>Opens a connection and asks for a stream.</summary>
    public static async Task<RawStream> RequestAsync(Uri address, string key, params (string Name, string Value)[] headers)
    {
        var stream = await ConnectAsync(address);
        await stream.RequestAsync(key, headers);
        return stream;
    }

    /// <summary>Asks for a stream on the connection.</summary>
    public Task RequestAsync(string key, params (string Name, string Value)[] headers) => RequestAtAsync(TargetOf(key), headers);

    /// <summary>Asks for any stream on the connection.</summary>
    public async Task RequestAtAsync(string target, params (string Name, string Value)[] headers) => await SendAsync(
        $"GET {target} HTTP/1.1\r\nHost: test\r\n{string.Concat(headers.Select(static header => $"{header.Name}: {header.Value}\r\n"))}\r\n");

    /// <summary>Sends text.</summary>
    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Reads the status line and the headers.</summary>
    /// <returns>The status.</returns>
    public async Task<int> ReadHeadAsync()
    {
        Head = (await _input.ReadUntilAsync("\r\n\r\n"u8.ToArray())).Split("\r\n");
        return int.Parse(Head[0].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Reads bytes that are known.</summary>
    public async Task SkipAsync(string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(await _input.ReadAsync(expected.Length)));

    /// <summary>Reads a chunk; null at the end of the answer.</summary>
    public async Task<string?> ReadChunkAsync()
    {
        var length = int.Parse(await _input.ReadUntilAsync("\r\n"u8.ToArray()), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = Encoding.ASCII.GetString(await _input.ReadAsync(length));
        Assert.Equal("\r\n", Encoding.ASCII.GetString(await _input.ReadAsync(2)));
        return length == 0 ? null : chunk;
    }

    /// <summary>Ends the sending side of the connection; the answer can still be read.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until the server closes the connection.</summary>
    public Task ReadToTheEndAsync() => _input.ReadToTheEndAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string TargetOf(string key) => $"/sse/environments/{key}/stream";

    private static async Task<RawStream> ConnectAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        return new RawStream(client);
    }
}
