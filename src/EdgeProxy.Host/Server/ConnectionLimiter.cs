using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Limits the open connections of one kind of listener. A connection is counted from the moment it is accepted until its
/// socket is closed, so the count is also one of descriptors.
/// </summary>
internal sealed class ConnectionLimiter
{
    private readonly ConnectionCount _all;
    private int _open;

    /// <param name="maximum">The maximum number of open connections.</param>
    /// <param name="all">Counts the connections of all listeners.</param>
    public ConnectionLimiter(int maximum, ConnectionCount all)
    {
        Maximum = maximum;
        _all = all;
    }

    /// <summary>The maximum number of open connections.</summary>
    public int Maximum { get; }

    /// <summary>The number of open connections.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Acquires a place, if there is one.</summary>
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

    /// <summary>Releases a place.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _open);
        _all.Closed();
    }
}
