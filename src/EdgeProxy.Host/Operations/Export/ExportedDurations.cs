using System.Diagnostics.Metrics;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>The exported histogram of durations: it cannot be derived from the buckets that are counted anyway.</summary>
internal sealed class ExportedDurations
{
    private readonly double _secondsPerTick;
    private volatile Histogram<double>? _histogram;

    public ExportedDurations(TimeProvider time)
    {
        _secondsPerTick = 1.0 / time.TimestampFrequency;
    }

    /// <summary>Indicates whether the histogram has a listener.</summary>
    public bool IsOn => _histogram is { Enabled: true };

    /// <summary>Enables the histogram.</summary>
    public void ExportTo(Histogram<double> histogram) => _histogram = histogram;

    /// <summary>Records a request.</summary>
    /// <param name="endpoint">The endpoint of the request.</param>
    /// <param name="ticks">The duration in ticks of the clock.</param>
    public void Record(EndpointLabel endpoint, long ticks) =>
        _histogram?.Record(ticks * _secondsPerTick, KeyValuePair.Create<string, object?>("endpoint", endpoint.Name));
}
