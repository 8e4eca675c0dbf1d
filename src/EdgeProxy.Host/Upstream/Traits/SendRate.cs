namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>A token bucket: calls of one second may be made at once, and a second's worth comes with each second.</summary>
internal sealed class SendRate
{
    private readonly int _perSecond;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _filled;

    /// <param name="perSecond">The calls per second.</param>
    /// <param name="time">The clock.</param>
    public SendRate(int perSecond, TimeProvider time)
    {
        _perSecond = perSecond;
        _time = time;
        _tokens = perSecond;
        _filled = time.GetTimestamp();
    }

    /// <summary>The time until a call may be made; zero if one may be made now.</summary>
    public TimeSpan Wait
    {
        get
        {
            Fill();
            return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _perSecond);
        }
    }

    /// <summary>Takes a token.</summary>
    public void Take()
    {
        Fill();
        _tokens -= 1;
    }

    private void Fill()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_perSecond, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
