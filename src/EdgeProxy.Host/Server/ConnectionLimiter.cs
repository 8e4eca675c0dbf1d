using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Counts the open connections of one kind of listener, and admits a further one only while there is room. A connection is
/// counted from the moment it is accepted until its socket is closed, so the count is also one of descriptors.
/// </summary>
internal sealed class ConnectionLimiter
{
    private readonly ConnectionCount _all;
    private int _open;

    /// <param name="maximum">The number of connections that may be open at the same time.</param>
    /// <param name="all">Counts the connections of all listeners.</param>
    public ConnectionLimiter(int maximum, ConnectionCount all)
    {
        Maximum = maximum;
        _all = all;
    }

    /// <summary>The number of connections that may be open at the same time.</summary>
    public int Maximum { get; }

    /// <summary>The number that is open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a place, if there is one.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) > Maximum)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        _all.Opened();
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _open);
        _all.Closed();
    }
}
