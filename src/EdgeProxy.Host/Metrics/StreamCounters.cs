namespace EdgeProxy.Host.Metrics;

/// <summary>The counters of the stream that announces changes of one environment.</summary>
internal sealed class StreamCounters
{
    private readonly long[] _ends = new long[(int)StreamEndCause.Status + 1];
    private readonly long[] _events = new long[(int)StreamEventOutcome.Ignored + 1];

    /// <summary>The number of streams that ended for a cause.</summary>
    public long Ends(StreamEndCause cause) => Interlocked.Read(ref _ends[(int)cause]);

    /// <summary>The number of events with an outcome.</summary>
    public long Events(StreamEventOutcome outcome) => Interlocked.Read(ref _events[(int)outcome]);

    /// <summary>Counts the end of a stream.</summary>
    public void Ended(StreamEndCause cause) => Interlocked.Increment(ref _ends[(int)cause]);

    /// <summary>Counts an event.</summary>
    public void Received(StreamEventOutcome outcome) => Interlocked.Increment(ref _events[(int)outcome]);
}
