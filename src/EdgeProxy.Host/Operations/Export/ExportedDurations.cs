using System.Diagnostics.Metrics;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>The histogram of durations that is exported, if one is: it cannot be made of the buckets that are counted anyway.</summary>
internal sealed class ExportedDurations
{
    private readonly double _secondsPerTick;
    private volatile Histogram<double>? _histogram;

    public ExportedDurations(TimeProvider time)
    {
        _secondsPerTick = 1.0 / time.TimestampFrequency;
    }

    /// <summary>Whether anybody wants it.</summary>
    public bool IsOn => _histogram is { Enabled: true };

    /// <summary>Somebody wants it.</summary>
    public void ExportTo(Histogram<double> histogram) => _histogram = histogram;

    /// <summary>Records a request.</summary>
    /// <param name="endpoint">Where it went.</param>
    /// <param name="ticks">How long it took, in ticks of the clock.</param>
    public void Record(EndpointLabel endpoint, long ticks) =>
        _histogram?.Record(ticks * _secondsPerTick, KeyValuePair.Create<string, object?>("endpoint", endpoint.Name));
}
