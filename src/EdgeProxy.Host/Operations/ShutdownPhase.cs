namespace EdgeProxy.Host.Operations;

/// <summary>How far the proxy is in being stopped: requests look at it, so it is two fields and nothing else.</summary>
internal sealed class ShutdownPhase
{
    private volatile bool _isStopping;
    private volatile bool _isClosing;

    /// <summary>Whether it was told to stop: it is not ready for more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Whether every answer is the last of its connection.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>It was told to stop.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>It will soon have stopped: who comes again has to come on another connection.</summary>
    public void Close() => _isClosing = true;
}
