using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>A turn of a proxy, with its counters before and after.</summary>
/// <param name="Sample">The turn.</param>
/// <param name="Before">The counters before.</param>
/// <param name="After">The counters after.</param>
internal sealed record CountedTurn(Sample Sample, ServerCounters Before, ServerCounters After)
{
    /// <summary>Requests that a second of processor time answers.</summary>
    public double RequestsPerProcessorSecond => 1e6 / (Sample.MicrosecondsPerRequest ?? double.NaN);

    /// <summary>Processor time of the proxy in a second: the number of cores that it kept busy.</summary>
    public double BusyCores => Sample.RequestsPerSecond / RequestsPerProcessorSecond;

    /// <summary>The time of garbage collections in which all threads waited, as milliseconds in a second.</summary>
    public double PauseMillisecondsPerSecond => (After.PauseSeconds - Before.PauseSeconds) * 1000 / Sample.Load.Elapsed.TotalSeconds;

    /// <summary>The increase of a counter in a number of requests.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="requests">The number of requests.</param>
    public double Per(Func<ServerCounters, double> counter, double requests) => (counter(After) - counter(Before)) * requests / Sample.Load.Requests;
}
