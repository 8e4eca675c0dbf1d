namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>Counts the bytes that one run of an operation allocates in steady state, with the meter that the tests use.</summary>
internal static class AllocationMeter
{
    private const int MaxRuns = 2000;

    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes an operation, rounded up: whatever allocates now and then is never zero.</summary>
    /// <param name="operation">The operation to run: on this thread, and complete when it returns.</param>
    public static long Measure(Action operation)
    {
        var runs = WarmUp(operation);
        return (EdgeProxy.Testing.AllocationMeter.Measure(operation, runs) + runs - 1) / runs;
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
        while (runs < MaxRuns && TimeProvider.System.GetElapsedTime(start) < LongEnough);

        return runs;
    }
}
