namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>The runtime's figures of its memory, its locks and its thread pool.</summary>
internal static class RuntimeMetrics
{
    private static readonly string[] None = [];

    /// <summary>All of these metrics.</summary>
    public static IEnumerable<MetricFamily> All() =>
    [
        new("dotnet_gc_collections_total", MetricKind.Counter, "garbage collections, each counted at its highest generation", ["generation"], CountCollections),
        new("dotnet_gc_pause_seconds_total", MetricKind.Counter, "total pause time of garbage collections", None,
            static () => [new MetricSample(GC.GetTotalPauseDuration().TotalSeconds)]),
        new("dotnet_gc_allocated_bytes_total", MetricKind.Counter, "bytes that were allocated", None,
            static () => [new MetricSample(GC.GetTotalAllocatedBytes(precise: false))]),
        new("dotnet_gc_heap_size_bytes", MetricKind.Gauge, "size of the heap with what is free in it, after the last collection; 0 before the first", None,
            static () => [new MetricSample(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes)]),
        new("dotnet_monitor_lock_contentions_total", MetricKind.Counter, "times that a thread found a lock taken and waited for it", None,
            static () => [new MetricSample(Monitor.LockContentionCount)]),
        new("dotnet_thread_pool_work_items_total", MetricKind.Counter, "work items that the thread pool has completed", None,
            static () => [new MetricSample(ThreadPool.CompletedWorkItemCount)]),
        new("dotnet_thread_pool_queue_length", MetricKind.Gauge, "work items that wait for a thread of the thread pool", None,
            static () => [new MetricSample(ThreadPool.PendingWorkItemCount)]),
    ];

    private static IEnumerable<MetricSample> CountCollections()
    {
        // The runtime counts a collection for its own generation and all below.
        var counts = Enumerable.Range(0, GC.MaxGeneration + 2).Select(static generation => generation > GC.MaxGeneration ? 0 : GC.CollectionCount(generation)).ToArray();
        return Enumerable.Range(0, GC.MaxGeneration + 1)
            .Select(generation => new MetricSample(Math.Max(0, counts[generation] - counts[generation + 1]), $"{generation}"));
    }
}
