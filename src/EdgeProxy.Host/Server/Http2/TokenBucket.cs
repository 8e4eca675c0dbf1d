namespace EdgeProxy.Host.Server.Http2;

/// <summary>
/// A token bucket that is refilled at a constant rate. The clock is read only when the bucket seems empty, so that taking a
/// token normally costs a subtraction.
/// </summary>
internal struct TokenBucket
{
    private readonly double _capacity;
    private readonly double _perSecond;
    private double _tokens;
    private long _refilled;

    /// <param name="capacity">The capacity, which is also the initial number of tokens.</param>
    /// <param name="perSecond">The tokens added per second.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double capacity, double perSecond, TimeProvider time)
    {
        _capacity = capacity;
        _perSecond = perSecond;
        _tokens = capacity;
        _refilled = time.GetTimestamp();
    }

    /// <summary>Takes a token.</summary>
    /// <returns>True if there was one.</returns>
    public bool TryTake(TimeProvider time)
    {
        if (_tokens < 1)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(_capacity, _tokens + (time.GetElapsedTime(_refilled, now).TotalSeconds * _perSecond));
            _refilled = now;
            if (_tokens < 1)
            {
                return false;
            }
        }

        _tokens--;
        return true;
    }

    /// <summary>Adds tokens.</summary>
    public void Give(int tokens) => _tokens = Math.Min(_capacity, _tokens + tokens);
}
