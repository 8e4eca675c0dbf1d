namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>Counts the bytes that an operation allocates in steady state.</summary>
internal static class AllocationMeter
{
    private const int Tries = 10;
    private const int MostRuns = 2000;

    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes an operation, rounded up: whatever allocates now and then is never zero.</summary>
    /// <remarks>
    /// The runtime counts what it hands a thread to allocate from; when another thread's garbage is collected meanwhile,
    /// what was left of that is counted as well, some kilobytes. So there are several tries, and the least counts: what
    /// the operation itself allocates is in each of them.
    /// </remarks>
    /// <param name="operation">What to run: on this thread, and with nothing left to do when it returns.</param>
    public static long Measure(Action operation)
    {
        var runs = WarmUp(operation);
        var least = long.MaxValue;
        for (var i = 0; i < Tries && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var run = 0; run < runs; run++)
            {
                operation();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (least + runs - 1) / runs;
    }

    /// <summary>Lets everything grow to what it needs; returns how many runs a try can afford.</summary>
    private static int WarmUp(Action operation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var runs = 0;
        do
        {
            operation();
            runs++;
        }
        while (runs < MostRuns && TimeProvider.System.GetElapsedTime(start) < LongEnough);

        return runs;
    }
}
