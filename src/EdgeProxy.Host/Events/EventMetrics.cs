namespace EdgeProxy.Host.Events;

/// <summary>Counters of experiment events.</summary>
internal sealed class EventMetrics
{
    private readonly long[] _requests = new long[(int)EventOutcome.Refused + 1];

    /// <summary>The number of requests with an outcome.</summary>
    public long Requests(EventOutcome outcome) => Interlocked.Read(ref _requests[(int)outcome]);

    /// <summary>Counts a request.</summary>
    public void Count(EventOutcome outcome) => Interlocked.Increment(ref _requests[(int)outcome]);
}
