namespace EdgeProxy.Host.Operations;

/// <summary>The progress of the shutdown: read by each request, so it is two fields and nothing else.</summary>
internal sealed class ShutdownPhase
{
    private volatile bool _isStopping;
    private volatile bool _isClosing;

    /// <summary>Indicates whether shutdown was requested: readiness fails.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Indicates whether every answer closes its connection.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Records that shutdown was requested.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Records that the server stops soon: every answer closes its connection.</summary>
    public void Close() => _isClosing = true;
}
