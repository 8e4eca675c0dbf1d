using System.Globalization;

namespace EdgeProxy.Host.Server;

/// <summary>Divides the file descriptors of the process, so that client connections never take the last one.</summary>
/// <param name="Limit">The descriptor limit of the process; null if unknown.</param>
/// <param name="Reserved">The descriptors that client connections never use: those open at the start, and those for polling, the log, health checks, the snapshot directory and libraries loaded later.</param>
/// <param name="MaxConnections">The number of client connections that fit, at most the configured one.</param>
internal sealed record DescriptorBudget(long? Limit, long Reserved, int MaxConnections)
{
    /// <summary>Descriptors kept free where there are many: some 64 polls at a time, as many connections of operators, and the same for everything else.</summary>
    public const int FullReserve = 256;

    /// <summary>The message for a limit that is too low, as a template of log entries.</summary>
    public const string TooLow =
        "limits.max_connections is {Configured}, but only {Allowed} connections are accepted: the process may open {Limit} files and sockets, of which {Reserved} are reserved for the proxy itself. "
        + "Raise the hard limit to at least {Needed} (LimitNOFILE= in a systemd unit, --ulimit nofile= for a container)";

    // With a low limit, a quarter of the descriptors, but never fewer than libraries loaded later need.
    private const int ShareOfFew = 4;
    private const int SmallestReserve = 96;

    /// <summary>Divides the descriptors of this process.</summary>
    /// <param name="maxConnections">The configured number of connections (<c>limits.max_connections</c>).</param>
    public static DescriptorBudget OfProcess(int maxConnections) => Divide(DescriptorLimit.Raise(), DescriptorLimit.CountOpen() ?? 0, maxConnections);

    /// <summary>Divides a number of descriptors.</summary>
    /// <param name="limit">The limit of the process; null if unlimited.</param>
    /// <param name="open">The number of open descriptors.</param>
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

    /// <summary>Calculates the process limit that the configured number of connections needs.</summary>
    /// <param name="maxConnections">The configured number of connections.</param>
    public long LimitFor(int maxConnections) => Reserved + maxConnections + FullReserve;

    /// <summary>Describes a limit that is too low for the configured number of connections; null if it is not.</summary>
    /// <param name="maxConnections">The configured number of connections.</param>
    public string? FindProblem(int maxConnections) => MaxConnections >= maxConnections ? null
        : new (string Name, long Value)[]
        {
            ("{Configured}", maxConnections), ("{Allowed}", MaxConnections), ("{Limit}", Limit ?? 0), ("{Reserved}", Reserved), ("{Needed}", LimitFor(maxConnections)),
        }.Aggregate(TooLow, static (text, part) => text.Replace(part.Name, part.Value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
