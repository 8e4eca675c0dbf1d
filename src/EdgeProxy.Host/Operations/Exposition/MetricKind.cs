namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>The kind of a metric.</summary>
internal enum MetricKind
{
    /// <summary>A counter: only increases, from zero at the start.</summary>
    Counter,

    /// <summary>A gauge: increases and decreases.</summary>
    Gauge,

    /// <summary>Number and total: two counters, <c>_count</c> and <c>_sum</c>.</summary>
    Summary,

    /// <summary>A histogram: the same with counters of values up to a bound, <c>_bucket</c>.</summary>
    Histogram,
}
