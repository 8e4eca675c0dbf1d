namespace EdgeProxy.Testing;

/// <summary>Counts the bytes that code allocates in steady state, exactly.</summary>
public static class AllocationMeter
{
    private const int Tries = 10;

    /// <summary>
    /// The bytes that a number of runs allocate on this thread, after as many to compile everything and grow buffers.
    /// </summary>
    /// <remarks>
    /// The runtime counts what it hands a thread to allocate from; when another thread's garbage is collected meanwhile,
    /// what was left of that is counted as well, some kilobytes. So there are several tries, and the least counts: what
    /// the code itself allocates is in each of them.
    /// </remarks>
    /// <param name="run">The action to run. A static lambda, or one created before, so that it allocates nothing by itself.</param>
    /// <param name="runs">The number of runs; fewer for actions that take milliseconds.</param>
    public static long Measure(Action run, int runs = 2000)
    {
        Repeat(run, runs);
        var least = long.MaxValue;
        for (var i = 0; i < Tries && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(run, runs);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Repeat(Action run, int times)
    {
        for (var i = 0; i < times; i++)
        {
            run();
        }
    }
}
