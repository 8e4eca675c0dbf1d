namespace EdgeProxy.Host.Environments;

/// <summary>The memory that the process may use, read at the start.</summary>
/// <param name="Bytes">The limit of the managed heap.</param>
/// <param name="Name">The setting or facility that sets it, for messages.</param>
internal sealed record MemoryLimit(long Bytes, string Name)
{
    private const string HeapLimit = "GCHeapHardLimit";

    /// <summary>Reads the limit of this process.</summary>
    public static MemoryLimit OfProcess()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var configured = Environment.GetEnvironmentVariable("DOTNET_" + HeapLimit) is not null || AppContext.GetData("System.GC.HeapHardLimit") is not null;
        return new MemoryLimit(bytes, configured ? "DOTNET_" + HeapLimit : HasContainerLimit() ? "the memory limit of the container (cgroup)" : "the memory of the machine");
    }

    /// <summary>The limit without what was in use after the last garbage collection, in bytes.</summary>
    public long Available() => Bytes - GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;

    private static bool HasContainerLimit()
    {
        foreach (var path in (string[])["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"])
        {
            try
            {
                // Without a limit, version 2 says "max" and version 1 a number that no machine has.
                if (long.TryParse(File.ReadAllText(path), out var limit) && limit < long.MaxValue / 2)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Not this version.
            }
        }

        return false;
    }
}
