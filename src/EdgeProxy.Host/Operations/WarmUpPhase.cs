namespace EdgeProxy.Host.Operations;

/// <summary>The progress of the warm-up, for which readiness waits.</summary>
internal sealed class WarmUpPhase
{
    private volatile bool _isOver;

    /// <param name="isOver">True if there is none.</param>
    public WarmUpPhase(bool isOver)
    {
        _isOver = isOver;
    }

    /// <summary>Indicates whether readiness need not wait for it any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>Records that it ended, whatever the result.</summary>
    public void End() => _isOver = true;
}
