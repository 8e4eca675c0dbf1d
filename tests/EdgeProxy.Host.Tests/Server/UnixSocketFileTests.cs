using System.Net.Sockets;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Server;

/// <summary>The start removes stale sockets from the path of a Unix socket, and no other files.</summary>
public sealed class UnixSocketFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void RemoveStale_AFile_Kept()
    {
        var path = _directory.Combine("notes.txt");
        File.WriteAllText(path, "of somebody");

        UnixSocketFile.RemoveStale(path);

        Assert.Equal("of somebody", File.ReadAllText(path));
        Assert.Equal(UnixSocketState.NotASocket, UnixSocketFile.StateOf(path));
    }

    [Fact]
    public void RemoveStale_SocketInUse_Kept()
    {
        var path = _directory.Combine("socket");
        using var socket = Bind(path);
        socket.Listen();

        UnixSocketFile.RemoveStale(path);

        Assert.True(File.Exists(path));
        Assert.Equal(UnixSocketState.InUse, UnixSocketFile.StateOf(path));
    }

    [Fact]
    public void RemoveStale_SocketOfAKilledProcess_Removed()
    {
        var path = _directory.Combine("socket");
        using (Bind(path + ".killed"))
        {
            File.Move(path + ".killed", path);
        }

        Assert.Equal(UnixSocketState.Stale, UnixSocketFile.StateOf(path));
        UnixSocketFile.RemoveStale(path);

        Assert.False(File.Exists(path));
        Assert.Equal(UnixSocketState.Free, UnixSocketFile.StateOf(path));
    }

    [Fact]
    public void Describe_SocketNotBound_PathAndCause()
    {
        var exception = new IOException(
            "Failed to bind to address http://unix:/run/edge-proxy.sock: address already in use.", new SocketException((int)SocketError.AddressAlreadyInUse));

        var text = ListenFailure.Describe(exception, new ServerOptions());

        Assert.StartsWith("Cannot listen on the Unix socket /run/edge-proxy.sock: another program listens on it, or it is a file that is no socket; ", text, StringComparison.Ordinal);
    }

    private static Socket Bind(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }
}
