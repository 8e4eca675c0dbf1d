namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>A value of a metric.</summary>
/// <param name="Value">The number.</param>
/// <param name="Labels">The values of the metric's labels.</param>
internal readonly record struct MetricSample(double Value, params string[] Labels)
{
    /// <summary>The suffix of the metric's name; null for none.</summary>
    public string? Suffix { get; init; }

    /// <summary>The upper bound of a bucket; null otherwise.</summary>
    public double? Bound { get; init; }
}
