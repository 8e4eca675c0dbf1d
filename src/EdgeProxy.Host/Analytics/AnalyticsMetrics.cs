using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Analytics;

/// <summary>Counters of flag analytics, over all environments.</summary>
internal sealed class AnalyticsMetrics
{
    private readonly StripedCells _entries = new((int)EntryOutcome.NoRoom + 1);
    private readonly StripedCells _unlabelled = new(1);
    private readonly long[] _flushes = new long[(int)FlushOutcome.Rejected + 1];
    private readonly long[] _lost = new long[(int)LossReason.Shutdown + 1];
    private long _restored;

    /// <summary>The number of requests whose labels were dropped, because the environment had too many.</summary>
    public long UnlabelledRequests => _unlabelled.Sum(0);

    /// <summary>The evaluations of earlier processes that were taken over.</summary>
    public long Restored => Interlocked.Read(ref _restored);

    /// <summary>The number of entries with an outcome.</summary>
    public long Entries(EntryOutcome outcome) => _entries.Sum((int)outcome);

    /// <summary>The number of requests to the upstream with an outcome.</summary>
    public long Flushes(FlushOutcome outcome) => Interlocked.Read(ref _flushes[(int)outcome]);

    /// <summary>The evaluations that were lost for a reason.</summary>
    public long Lost(LossReason reason) => Interlocked.Read(ref _lost[(int)reason]);

    /// <summary>Counts an entry.</summary>
    public void CountEntry(EntryOutcome outcome) => _entries.Add((int)outcome, 1);

    /// <summary>Counts a request whose labels were dropped.</summary>
    public void CountUnlabelled() => _unlabelled.Add(0, 1);

    /// <summary>Counts a request to the upstream.</summary>
    public void CountFlush(FlushOutcome outcome) => Interlocked.Increment(ref _flushes[(int)outcome]);

    /// <summary>Counts evaluations of an earlier process.</summary>
    public void CountRestored(long evaluations) => Interlocked.Add(ref _restored, evaluations);

    /// <summary>Counts evaluations that are lost.</summary>
    public void CountLost(LossReason reason, long evaluations) => Interlocked.Add(ref _lost[(int)reason], evaluations);
}
