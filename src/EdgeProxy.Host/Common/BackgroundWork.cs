namespace EdgeProxy.Host.Common;

/// <summary>Work that requests start but do not wait for, because it takes too long. One low-priority thread runs it.</summary>
internal static class BackgroundWork
{
    private static readonly BackgroundThreads Threads = new("Background work", maxThreads: 1, LowPriorityThread.Enter);

    /// <summary>Queues work, unless it was queued before.</summary>
    /// <param name="started">The bits of the pieces of work that were started.</param>
    /// <param name="number">The number of this piece of work, from 0.</param>
    /// <param name="work">The work, which must not throw.</param>
    public static void StartOnce(ref int started, int number, Action work)
    {
        if (!TryClaim(ref started, number))
        {
            return;
        }

        if (Mechanisms.BackgroundWork)
        {
            Threads.Add(work);
        }
        else
        {
            work();
        }
    }

    /// <summary>Determines whether the caller is the first to claim a piece of work.</summary>
    /// <param name="started">The bits of the pieces of work that were started.</param>
    /// <param name="number">The number of this piece of work, from 0.</param>
    public static bool TryClaim(ref int started, int number)
    {
        var bit = 1 << number;
        return (Volatile.Read(ref started) & bit) == 0 && (Interlocked.Or(ref started, bit) & bit) == 0;
    }
}
