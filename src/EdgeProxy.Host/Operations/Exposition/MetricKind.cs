namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>What kind of a number a metric is.</summary>
internal enum MetricKind
{
    /// <summary>It only goes up, from zero at the start.</summary>
    Counter,

    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>How often and how much together: two counters, <c>_count</c> and <c>_sum</c>.</summary>
    Summary,

    /// <summary>The same by size: counters of what is at most so large, <c>_bucket</c>, besides.</summary>
    Histogram,
}
