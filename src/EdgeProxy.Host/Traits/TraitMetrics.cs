using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Traits;

/// <summary>Counters of trait forwarding, over all environments. Only losses are counted by several threads.</summary>
internal sealed class TraitMetrics
{
    private readonly StripedCells _lost = new((int)TraitLoss.Shutdown + 1);
    private readonly long[] _calls = new long[(int)TraitCallOutcome.Rejected + 1];
    private long _qualified;
    private long _merged;
    private long _deduplicated;
    private long _remembered;
    private long _invalidTraits;

    /// <summary>The qualified identities that the queue has looked at.</summary>
    public long Qualified => Interlocked.Read(ref _qualified);

    /// <summary>Those that were merged into one that waited.</summary>
    public long Merged => Interlocked.Read(ref _merged);

    /// <summary>Those that the API knows already.</summary>
    public long Deduplicated => Interlocked.Read(ref _deduplicated);

    /// <summary>Those of them that the store of a fleet remembers.</summary>
    public long Remembered => Interlocked.Read(ref _remembered);

    /// <summary>The traits that were left out, since the API would reject their keys.</summary>
    public long InvalidTraits => Interlocked.Read(ref _invalidTraits);

    /// <summary>The identities that were lost for a reason.</summary>
    public long Lost(TraitLoss reason) => _lost.Sum((int)reason);

    /// <summary>The calls with an outcome.</summary>
    public long Calls(TraitCallOutcome outcome) => Interlocked.Read(ref _calls[(int)outcome]);

    /// <summary>Counts a qualified identity.</summary>
    public void CountQualified() => Volatile.Write(ref _qualified, _qualified + 1);

    /// <summary>Counts a merge.</summary>
    public void CountMerged() => Volatile.Write(ref _merged, _merged + 1);

    /// <summary>Counts an identity that the API knows already.</summary>
    public void CountDeduplicated() => Volatile.Write(ref _deduplicated, _deduplicated + 1);

    /// <summary>Counts an identity that the store of a fleet remembers.</summary>
    public void CountRemembered()
    {
        CountDeduplicated();
        Volatile.Write(ref _remembered, _remembered + 1);
    }

    /// <summary>Counts a trait that is left out.</summary>
    public void CountInvalidTrait() => Volatile.Write(ref _invalidTraits, _invalidTraits + 1);

    /// <summary>Counts lost identities.</summary>
    public void CountLost(TraitLoss reason, long identities = 1) => _lost.Add((int)reason, identities);

    /// <summary>Counts a call.</summary>
    public void CountCall(TraitCallOutcome outcome) => Interlocked.Increment(ref _calls[(int)outcome]);
}
