namespace EdgeProxy.Host.Server;

/// <summary>Divides the file descriptors of the process, so that client connections never take the last one.</summary>
/// <param name="Limit">The descriptors that the process may have; null where there is no known limit.</param>
/// <param name="Reserved">Those that clients' connections never take: what is open at the start, and what polling, the log, health, snapshots and libraries loaded later need.</param>
/// <param name="MaxConnections">The number of clients' connections that fits, at most what is configured.</param>
internal sealed record DescriptorBudget(long? Limit, long Reserved, int MaxConnections)
{
    /// <summary>Descriptors kept free where there are many: some 64 polls at a time, as many connections of operators, and the same for everything else.</summary>
    public const int FullReserve = 256;

    // Where there are few, a quarter of them, but never less than what is loaded later takes.
    private const int ShareOfFew = 4;
    private const int SmallestReserve = 96;

    /// <summary>Divides the descriptors of this process.</summary>
    /// <param name="maxConnections">The configured number of connections (<c>limits.max_connections</c>).</param>
    public static DescriptorBudget OfProcess(int maxConnections) => Divide(DescriptorLimit.Raise(), DescriptorLimit.CountOpen() ?? 0, maxConnections);

    /// <summary>Divides descriptors.</summary>
    /// <param name="limit">The limit of the process; null if there is none.</param>
    /// <param name="open">The descriptors that are open already.</param>
    /// <param name="maxConnections">The configured number of connections.</param>
    public static DescriptorBudget Divide(long? limit, int open, int maxConnections)
    {
        if (limit is not { } all)
        {
            return new DescriptorBudget(null, 0, maxConnections);
        }

        var reserved = open + Math.Clamp(all / ShareOfFew, SmallestReserve, FullReserve);
        return new DescriptorBudget(all, reserved, (int)Math.Clamp(all - reserved, 1, maxConnections));
    }

    /// <summary>The limit of the process that the configured number of connections needs.</summary>
    /// <param name="maxConnections">The configured number of connections.</param>
    public long LimitFor(int maxConnections) => Reserved + maxConnections + FullReserve;
}
