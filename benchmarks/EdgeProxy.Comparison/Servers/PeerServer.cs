namespace EdgeProxy.Comparison.Servers;

/// <summary>
/// A server that somebody else started. Its processor time is that of all processes that listen on its port and their
/// children, if it is on this machine.
/// </summary>
internal sealed class PeerServer : IMeasuredServer
{
    private readonly Lazy<IReadOnlyList<int>> _processes;

    public PeerServer(Uri address)
    {
        Address = address;
        _processes = new(() => address.IsLoopback ? ProcessAccounting.ListenersOn(address.Port) : []);
    }

    /// <inheritdoc/>
    public string Name => "peer";

    /// <inheritdoc/>
    public Uri Address { get; }

    /// <inheritdoc/>
    public TimeSpan? ProcessorTime => _processes.Value.Count == 0
        ? null
        : TimeSpan.FromTicks(_processes.Value.Sum(static process => ProcessAccounting.ProcessorTime(process).Ticks));
}
