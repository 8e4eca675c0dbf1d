namespace EdgeProxy.Host.Common;

/// <summary>What requests set off but do not wait for, because it takes too long.</summary>
internal static class BackgroundWork
{
    /// <summary>Starts something on the thread pool, unless it was started before.</summary>
    /// <param name="started">Which were started, a bit each.</param>
    /// <param name="number">Which this is, from 0.</param>
    /// <param name="work">What to do.</param>
    /// <param name="state">What to do it with.</param>
    public static void StartOnce<T>(ref int started, int number, Action<T> work, T state)
    {
        var bit = 1 << number;
        if ((Interlocked.Or(ref started, bit) & bit) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);
        }
    }
}
