namespace EdgeProxy.Host.Testing;

/// <summary>The number of operations that run at the same time, now and at most.</summary>
internal sealed class ConcurrencyGauge
{
    private readonly Lock _lock = new();
    private int _current;
    private int _max;

    /// <summary>The number that runs now.</summary>
    public int Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>The highest number so far.</summary>
    public int Max
    {
        get
        {
            lock (_lock)
            {
                return _max;
            }
        }
    }

    /// <summary>Counts an operation that begins.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            _current++;
            _max = Math.Max(_max, _current);
        }
    }

    /// <summary>Counts an operation that ends.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _current--;
        }
    }
}
