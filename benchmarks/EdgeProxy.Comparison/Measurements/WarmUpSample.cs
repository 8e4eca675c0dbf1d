using System.Globalization;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>One process, from its start to the steady state.</summary>
/// <param name="Start">The time from its start until it was ready.</param>
/// <param name="StartProcessorTime">The processor time that it had used then.</param>
/// <param name="First">The turn after readiness.</param>
/// <param name="Steady">The last turn.</param>
internal sealed record WarmUpSample(TimeSpan Start, TimeSpan StartProcessorTime, Sample First, Sample Steady)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"ready after {Start.TotalSeconds:0.00} s ({StartProcessorTime.TotalSeconds:0.00} s of CPU), p50 {First.Load.P50.TotalMilliseconds:0.00} / {Steady.Load.P50.TotalMilliseconds:0.00} ms, p99 {First.Load.P99.TotalMilliseconds:0.00} / {Steady.Load.P99.TotalMilliseconds:0.00} ms, CPU a request {First.MicrosecondsPerRequest:0.0} / {Steady.MicrosecondsPerRequest:0.0} µs");
}
