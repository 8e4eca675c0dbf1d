using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeProxy.Host.Testing;

/// <summary>The bytes that a server sends on a connection, in the portions that a test asks for.</summary>
internal sealed class RawInput
{
    private readonly NetworkStream _stream;
    private readonly List<byte> _received = [];

    /// <param name="stream">The connection.</param>
    public RawInput(NetworkStream stream)
    {
        _stream = stream;
    }

    /// <summary>Reads a number of bytes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        while (_received.Count < count)
        {
            await ReceiveAsync();
        }

        byte[] bytes = [.. _received[..count]];
        _received.RemoveRange(0, count);
        return bytes;
    }

    /// <summary>Reads text up to an end, and the end.</summary>
    /// <returns>The text before the end.</returns>
    public async Task<string> ReadUntilAsync(byte[] end)
    {
        int index;
        while ((index = CollectionsMarshal.AsSpan(_received).IndexOf(end)) < 0)
        {
            await ReceiveAsync();
        }

        var text = Encoding.ASCII.GetString([.. _received[..index]]);
        _received.RemoveRange(0, index + end.Length);
        return text;
    }

    /// <summary>Reads until the server ends the connection in one way or another.</summary>
    public async Task ReadToTheEndAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync();
            }
        }
        catch (IOException)
        {
            // That was the end.
        }
    }

    private async Task ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        var buffer = new byte[16 * 1024];
        var count = await _stream.ReadAsync(buffer, patience.Token);
        if (count == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }

        _received.AddRange(buffer.AsSpan(0, count));
    }
}
