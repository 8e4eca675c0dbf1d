namespace EdgeProxy.Host.Analytics;

/// <summary>
/// Sums of requests of one processor. They belong to one thread at a time: a request that finds them in use counts elsewhere,
/// so that only the flush ever waits, and not for long.
/// </summary>
internal sealed class CountStripe
{
    private const int Free = 0;
    private const int InUse = 1;
    private const int Closed = 2;

    // A pair of cache lines of 64 bytes behind the sums: no two stripes share one.
    private const int Padding = 128 / sizeof(long);

    private readonly long[] _sums;
    private readonly int _names;
    private int _state;
    private long _requests;

    /// <param name="names">The number of sums.</param>
    public CountStripe(int names)
    {
        _names = names;
        _sums = new long[names + Padding];
    }

    /// <summary>The sums. For the thread that has entered.</summary>
    public Span<long> Sums => _sums.AsSpan(0, _names);

    /// <summary>The number of requests that were counted here since the last flush, at about this time.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>All sums together, at about this time.</summary>
    public long Total
    {
        get
        {
            var total = 0L;
            foreach (ref var sum in Sums)
            {
                total += Volatile.Read(ref sum);
            }

            return total;
        }
    }

    /// <summary>Adds the counts of a request.</summary>
    /// <returns>False if another thread is here, or nothing more is counted here; then nothing was added.</returns>
    public bool TryAdd(ReadOnlySpan<int> counts)
    {
        if (Interlocked.CompareExchange(ref _state, InUse, Free) != Free)
        {
            return false;
        }

        var sums = _sums.AsSpan(0, counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            sums[i] += counts[i];
        }

        _requests++;
        Volatile.Write(ref _state, Free);
        return true;
    }

    /// <summary>Waits for the thread that is here, and enters. For the flush.</summary>
    /// <returns>False if nothing more is counted here.</returns>
    public bool Enter()
    {
        var wait = default(SpinWait);
        while (true)
        {
            var state = Interlocked.CompareExchange(ref _state, InUse, Free);
            if (state != InUse)
            {
                return state == Free;
            }

            wait.SpinOnce();
        }
    }

    /// <summary>Lets the next thread in. For the flush.</summary>
    /// <param name="isLast">True if nothing more is to be counted here.</param>
    public void Leave(bool isLast)
    {
        _requests = 0;
        Volatile.Write(ref _state, isLast ? Closed : Free);
    }
}
