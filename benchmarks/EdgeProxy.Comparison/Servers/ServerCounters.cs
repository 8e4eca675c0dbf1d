namespace EdgeProxy.Comparison.Servers;

/// <summary>Counters of a proxy since its start, of the system and of its runtime.</summary>
/// <param name="VoluntarySwitches">How often its threads gave up their core to wait.</param>
/// <param name="InvoluntarySwitches">How often they lost their core to another thread.</param>
/// <param name="PageFaults">Page faults, minor and major.</param>
/// <param name="CoreWait">The time that its threads could run and had no core.</param>
/// <param name="LockContentions">How often a thread found a lock taken.</param>
/// <param name="WorkItems">What the thread pool has done.</param>
/// <param name="Collections">Garbage collections.</param>
/// <param name="PauseSeconds">The time that they held up all threads.</param>
internal sealed record ServerCounters(
    long VoluntarySwitches,
    long InvoluntarySwitches,
    long PageFaults,
    TimeSpan CoreWait,
    double LockContentions,
    double WorkItems,
    double Collections,
    double PauseSeconds)
{
    /// <summary>Reads them.</summary>
    /// <param name="proxy">The proxy.</param>
    public static async Task<ServerCounters> ReadAsync(ServerProcess proxy)
    {
        var runtime = await ExposedMetrics.ReadAsync(proxy.Address);
        var threads = ThreadAccounting.Of(proxy.Id);
        return new ServerCounters(
            threads.VoluntarySwitches,
            threads.InvoluntarySwitches,
            ProcessAccounting.PageFaults(proxy.Id),
            threads.CoreWait,
            runtime["dotnet_monitor_lock_contentions_total"],
            runtime["dotnet_thread_pool_work_items_total"],
            runtime["dotnet_gc_collections_total"],
            runtime["dotnet_gc_pause_seconds_total"]);
    }
}
