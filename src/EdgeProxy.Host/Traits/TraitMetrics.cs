using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Traits;

/// <summary>Counters of trait forwarding, over all environments.</summary>
internal sealed class TraitMetrics
{
    private readonly StripedCells _lost = new((int)TraitLoss.Shutdown + 1);
    private readonly long[] _calls = new long[(int)TraitCallOutcome.Rejected + 1];
    private long _qualified;
    private long _merged;
    private long _deduplicated;
    private long _invalidTraits;

    /// <summary>The qualified identities that the queue has looked at.</summary>
    public long Qualified => Interlocked.Read(ref _qualified);

    /// <summary>Those that were merged into one that waited.</summary>
    public long Merged => Interlocked.Read(ref _merged);

    /// <summary>Those that the API knows already.</summary>
    public long Deduplicated => Interlocked.Read(ref _deduplicated);

    /// <summary>The traits that were left out, since the API would reject their keys.</summary>
    public long InvalidTraits => Interlocked.Read(ref _invalidTraits);

    /// <summary>The identities that were lost for a reason.</summary>
    public long Lost(TraitLoss reason) => _lost.Sum((int)reason);

    /// <summary>The calls with an outcome.</summary>
    public long Calls(TraitCallOutcome outcome) => Interlocked.Read(ref _calls[(int)outcome]);

    /// <summary>Counts a qualified identity.</summary>
    public void CountQualified() => Interlocked.Increment(ref _qualified);

    /// <summary>Counts a merge.</summary>
    public void CountMerged() => Interlocked.Increment(ref _merged);

    /// <summary>Counts an identity that the API knows already.</summary>
    public void CountDeduplicated() => Interlocked.Increment(ref _deduplicated);

    /// <summary>Counts a trait that is left out.</summary>
    public void CountInvalidTrait() => Interlocked.Increment(ref _invalidTraits);

    /// <summary>Counts lost identities.</summary>
    public void CountLost(TraitLoss reason, long identities = 1) => _lost.Add((int)reason, identities);

    /// <summary>Counts a call.</summary>
    public void CountCall(TraitCallOutcome outcome) => Interlocked.Increment(ref _calls[(int)outcome]);
}
