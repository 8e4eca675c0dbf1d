namespace EdgeProxy.Host.Metrics;

/// <summary>The counters of the stream that announces changes of one environment.</summary>
internal sealed class UpstreamStreamCounters
{
    private readonly long[] _ends = new long[(int)UpstreamStreamEndCause.Status + 1];
    private readonly long[] _events = new long[(int)UpstreamStreamEventOutcome.Ignored + 1];

    /// <summary>The number of streams that ended for a cause.</summary>
    public long Ends(UpstreamStreamEndCause cause) => Interlocked.Read(ref _ends[(int)cause]);

    /// <summary>The number of events with an outcome.</summary>
    public long Events(UpstreamStreamEventOutcome outcome) => Interlocked.Read(ref _events[(int)outcome]);

    /// <summary>Counts the end of a stream.</summary>
    public void Ended(UpstreamStreamEndCause cause) => Interlocked.Increment(ref _ends[(int)cause]);

    /// <summary>Counts an event.</summary>
    public void Received(UpstreamStreamEventOutcome outcome) => Interlocked.Increment(ref _events[(int)outcome]);
}
