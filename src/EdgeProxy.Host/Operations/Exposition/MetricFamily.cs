namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>A metric: name, meaning, and the source of its values.</summary>
/// <param name="Name">The name with its unit, by the conventions of Prometheus.</param>
/// <param name="Kind">The kind of the metric.</param>
/// <param name="Help">The meaning: a line of Markdown.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="Collect">Collects the current values. Series without any value may be left out.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help, string[] Labels, Func<IEnumerable<MetricSample>> Collect)
{
    /// <summary>The upper bounds of a histogram's buckets; null for the one of request durations.</summary>
    public double[]? Bounds { get; init; }

    /// <summary>
    /// Has each value of a histogram recorded, with its label, as an export cannot derive them from the buckets; null for the
    /// one of request durations.
    /// </summary>
    public Action<Action<double, string>>? Subscribe { get; init; }
}
