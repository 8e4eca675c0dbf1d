namespace EdgeProxy.Host.Operations;

/// <summary>The progress of the shutdown. Each request reads it: two volatile fields.</summary>
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

    /// <summary>Raised by <see cref="Close"/>.</summary>
    public event EventHandler? Closing;

    /// <summary>The time from <see cref="Close"/> until the server stops.</summary>
    public TimeSpan ClosingTime { get; private set; }

    /// <summary>Records that the server stops soon: every answer closes its connection, and streams are ended.</summary>
    /// <param name="time">The time until the server stops.</param>
    public void Close(TimeSpan time)
    {
        ClosingTime = time;
        _isClosing = true;
        Closing?.Invoke(this, EventArgs.Empty);
    }
}
