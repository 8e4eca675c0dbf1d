using System.Diagnostics.Metrics;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Exposition;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// All metrics as OpenTelemetry instruments, under the same names: the existing counters are observed at each export.
/// </summary>
internal sealed class ExportedMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "EdgeProxy";

    private readonly Meter _meter = new(MeterName);

    /// <param name="catalog">The metrics.</param>
    /// <param name="durations">Enables the histogram, which is recorded separately.</param>
    public ExportedMetrics(MetricCatalog catalog, ExportedDurations durations)
    {
        foreach (var family in catalog.All)
        {
            switch (family.Kind)
            {
                case MetricKind.Counter:
                    AddCounter(family, suffix: null);
                    break;
                case MetricKind.Gauge:
                    _meter.CreateObservableGauge(family.Name, () => Observe(family, suffix: null), description: family.Help);
                    break;
                case MetricKind.Summary:
                    AddCounter(family, "_sum");
                    AddCounter(family, "_count");
                    break;
                case MetricKind.Histogram when family.Subscribe is { } subscribe:
                    var histogram = _meter.CreateHistogram(
                        family.Name, "s", family.Help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = family.Bounds });
                    subscribe((value, label) => histogram.Record(value, KeyValuePair.Create<string, object?>(family.Labels[0], label)));
                    break;
                default:
                    durations.ExportTo(_meter.CreateHistogram(
                        family.Name, "s", family.Help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets.Seconds }));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void AddCounter(MetricFamily family, string? suffix) =>
        _meter.CreateObservableCounter(family.Name + suffix, () => Observe(family, suffix), description: family.Help);

    private static IEnumerable<Measurement<double>> Observe(MetricFamily family, string? suffix) =>
        from sample in family.Collect()
        where sample.Suffix == suffix
        select new Measurement<double>(
            sample.Value, family.Labels.Zip(sample.Labels, static (name, value) => KeyValuePair.Create<string, object?>(name, value)));
}
