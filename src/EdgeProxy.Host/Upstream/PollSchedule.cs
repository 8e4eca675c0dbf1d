namespace EdgeProxy.Host.Upstream;

/// <summary>
/// The time of the next poll: around the configured interval, so that a fleet spreads; later and later after failures, up to a cap;
/// but soon while nothing is loaded at all.
/// </summary>
internal static class PollSchedule
{
    private const double Jitter = 0.1;
    private const int MaxDoublings = 16;
    private static readonly TimeSpan FirstLoadRetry = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    // Limits the delay that the upstream asks for: changes of flags must not wait for hours because of one unusual header.
    private static readonly TimeSpan MaxAskedFor = TimeSpan.FromMinutes(1);

    /// <summary>Calculates the delay until the next poll.</summary>
    /// <param name="frequency">The configured interval.</param>
    /// <param name="failures">The number of consecutive failed polls.</param>
    /// <param name="isLoaded">True if a document is loaded.</param>
    /// <param name="askedFor">The delay that the upstream asked for, if any.</param>
    /// <param name="random">A random number from 0 to 1.</param>
    public static TimeSpan Next(TimeSpan frequency, int failures, bool isLoaded, TimeSpan? askedFor, double random)
    {
        if (failures == 0)
        {
            return frequency * (1 - Jitter + (2 * Jitter * random));
        }

        var start = isLoaded ? frequency : FirstLoadRetry;
        var most = isLoaded ? Max(Cap, frequency) : frequency;
        var backedOff = Min(start * Math.Pow(2, Math.Min(failures - 1, MaxDoublings)), most);
        var wait = backedOff * (0.5 + (0.5 * random));

        // A fleet must not retry at the very end of it all at once.
        return askedFor is { } least ? Max(wait, Min(least, MaxAskedFor) * (1 + (Jitter * random))) : wait;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
