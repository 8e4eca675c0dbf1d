namespace EdgeProxy.Engine.Values;

/// <summary>
/// Ends a compilation before it takes the last of the memory that the process may use. Other threads allocate as well, if only
/// to write a log entry, and an error there would end the process.
/// </summary>
internal sealed class MemoryReserve
{
    // Some collections' worth of garbage, so that one of them is seen in time.
    private const long MaxBytes = 6_000_000;
    private const int MaxShare = 8;

    private readonly long _limit;
    private int _collections = GC.CollectionCount(0);

    /// <param name="available">The memory that the process may use, in bytes.</param>
    public MemoryReserve(long available)
    {
        _limit = available - Math.Min(MaxBytes, available / MaxShare);
    }

    /// <summary>The reserve of this process.</summary>
    public static MemoryReserve OfProcess() => new(GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes);

    /// <summary>Checks that enough is left. Cheap, as that can change only when there was a collection.</summary>
    /// <exception cref="InsufficientMemoryException">It is not.</exception>
    public void Check()
    {
        var collections = GC.CollectionCount(0);
        if (collections == _collections)
        {
            return;
        }

        if (IsTooLarge())
        {
            GC.Collect(); // there may be garbage in older generations
            if (IsTooLarge())
            {
#pragma warning disable MA0012 // callers handle it as they handle running out of memory
                throw new InsufficientMemoryException($"The heap has more than {_limit} bytes.");
#pragma warning restore MA0012
            }

            collections = GC.CollectionCount(0);
        }

        _collections = collections;
    }

    private bool IsTooLarge() => GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes > _limit;
}
