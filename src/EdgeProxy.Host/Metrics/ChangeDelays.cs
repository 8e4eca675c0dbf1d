namespace EdgeProxy.Host.Metrics;

/// <summary>The times from the announcement of a change until it was served: a histogram for each source.</summary>
internal sealed class ChangeDelays
{
    /// <summary>The upper bounds in seconds, inclusive. One more bucket follows for all longer times.</summary>
    public static readonly double[] Seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly TimeProvider _time;
    private readonly long[][] _buckets = [.. Enum.GetValues<ChangeSource>().Select(static _ => new long[Seconds.Length + 1])];
    private readonly long[] _ticks = new long[Enum.GetValues<ChangeSource>().Length];

    public ChangeDelays(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Receives each delay, for an export that cannot be derived from buckets; null if there is none.</summary>
    public Action<ChangeSource, double>? Recorded { get; set; }

    /// <summary>Records that a change is served.</summary>
    /// <param name="source">The source of the announcement.</param>
    /// <param name="announced">The timestamp of the announcement.</param>
    public void Record(ChangeSource source, long announced)
    {
        var delay = _time.GetElapsedTime(announced);
        var bucket = Array.FindIndex(Seconds, bound => delay.TotalSeconds <= bound);
        Interlocked.Add(ref _ticks[(int)source], delay.Ticks);
        Interlocked.Increment(ref _buckets[(int)source][bucket < 0 ? Seconds.Length : bucket]);
        Recorded?.Invoke(source, delay.TotalSeconds);
    }

    /// <summary>The number of delays in each bucket of a source.</summary>
    public long[] BucketsOf(ChangeSource source) => [.. Enumerable.Range(0, Seconds.Length + 1).Select(bucket => Interlocked.Read(ref _buckets[(int)source][bucket]))];

    /// <summary>The sum of the delays of a source, in seconds.</summary>
    public double SumOf(ChangeSource source) => new TimeSpan(Interlocked.Read(ref _ticks[(int)source])).TotalSeconds;
}
