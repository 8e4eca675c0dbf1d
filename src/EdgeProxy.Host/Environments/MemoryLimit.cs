namespace EdgeProxy.Host.Environments;

/// <summary>The memory that the process may use, read at the start.</summary>
/// <param name="Bytes">The limit of the managed heap.</param>
/// <param name="Name">The setting or facility that sets it, for messages.</param>
internal sealed record MemoryLimit(long Bytes, string Name)
{
    private const string Variable = "DOTNET_GCHeapHardLimit";
    private const string RuntimeSetting = "System.GC.HeapHardLimit";

    /// <summary>Reads the limit of this process.</summary>
    public static MemoryLimit OfProcess() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, FindName());

    /// <summary>The limit less the size of the heap after the last garbage collection, in bytes.</summary>
    public long Available() => Bytes - GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;

    private static string FindName() =>
        Environment.GetEnvironmentVariable(Variable) is not null ? Variable
        : AppContext.GetData(RuntimeSetting) is not null ? RuntimeSetting
        : HasContainerLimit() ? "the memory limit of the container (cgroup)"
        : "the memory of the machine";

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
