using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>The pause before a stream is opened again (docs/spec/realtime.md 7.4).</summary>
internal static class StreamBackoff
{
    private const double Jitter = 0.1;
    private const int MaxDoublings = 16;
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);

    /// <summary>Calculates the pause.</summary>
    /// <param name="end">The end of the stream.</param>
    /// <param name="failures">The number of consecutive unsuccessful streams, this one included.</param>
    /// <param name="random">A random number from 0 to 1.</param>
    /// <returns>Null to wait for the next document instead.</returns>
    public static TimeSpan? Next(UpstreamStreamEnd end, int failures, double random)
    {
        switch (end.Cause)
        {
            case UpstreamStreamEndCause.Dismissed:
                return null;
            case UpstreamStreamEndCause.Refused:
                return AfterRefusal * (1 + (Jitter * random));
            case UpstreamStreamEndCause.Ended when failures == 0:
                return First * random;
        }

        var first = end.Retry is { } retry ? Clamp(retry) : First;
        var pause = Clamp(Clamp(first * Math.Pow(2, Math.Clamp(failures - 1, 0, MaxDoublings))) * random);
        return end.RetryAfter is { } least && Clamp(least) * (1 + (Jitter * random)) is var asked && asked > pause ? asked : pause;
    }

    private static TimeSpan Clamp(TimeSpan time) => time < Min ? Min : time > Max ? Max : time;
}
