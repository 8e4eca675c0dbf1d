namespace EdgeProxy.Host.Metrics;

/// <summary>
/// The number of open connections, counted where they are accepted and where their sockets are closed. The server's own
/// counter keeps a connection for ever if its HTTP/2 streams never end.
/// </summary>
internal sealed class ConnectionCount
{
    private long _open;

    /// <summary>The number of open connections.</summary>
    public long Open => Volatile.Read(ref _open);

    /// <summary>Counts an opened connection.</summary>
    public void Opened() => Interlocked.Increment(ref _open);

    /// <summary>Counts a closed connection.</summary>
    public void Closed() => Interlocked.Decrement(ref _open);
}
