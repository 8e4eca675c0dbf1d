namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>One number of a metric, as it is now.</summary>
/// <param name="Value">The number.</param>
/// <param name="Labels">The values of the metric's labels.</param>
internal readonly record struct MetricSample(double Value, params string[] Labels)
{
    /// <summary>What comes behind the metric's name; null for nothing.</summary>
    public string? Suffix { get; init; }

    /// <summary>The upper bound of a bucket; null for what is none.</summary>
    public double? Bound { get; init; }
}
