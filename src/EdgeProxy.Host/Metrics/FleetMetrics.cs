namespace EdgeProxy.Host.Metrics;

/// <summary>The counters of the fleet's store. Nothing here is on the path of a request.</summary>
internal sealed class FleetMetrics
{
    private static readonly int Operations = Enum.GetValues<StoreOperation>().Length;

    private readonly long[] _succeeded = new long[Operations];
    private readonly long[] _failed = new long[Operations];
    private readonly long[] _ticks = new long[Operations];
    private readonly long[] _refused = new long[Enum.GetValues<PayloadRefusal>().Length];

    /// <summary>Counts an operation.</summary>
    public void Performed(StoreOperation operation, bool hasSucceeded, TimeSpan duration)
    {
        Interlocked.Increment(ref (hasSucceeded ? _succeeded : _failed)[(int)operation]);
        Interlocked.Add(ref _ticks[(int)operation], duration.Ticks);
    }

    /// <summary>Counts a document that is not served.</summary>
    public void Refused(PayloadRefusal reason) => Interlocked.Increment(ref _refused[(int)reason]);

    /// <summary>The number of operations of a kind that succeeded.</summary>
    public long Succeeded(StoreOperation operation) => Volatile.Read(ref _succeeded[(int)operation]);

    /// <summary>The number of operations of a kind that failed.</summary>
    public long Failed(StoreOperation operation) => Volatile.Read(ref _failed[(int)operation]);

    /// <summary>The time that all operations of a kind took.</summary>
    public TimeSpan Duration(StoreOperation operation) => TimeSpan.FromTicks(Volatile.Read(ref _ticks[(int)operation]));

    /// <summary>The number of documents that were not served.</summary>
    public long Refusals(PayloadRefusal reason) => Volatile.Read(ref _refused[(int)reason]);
}
