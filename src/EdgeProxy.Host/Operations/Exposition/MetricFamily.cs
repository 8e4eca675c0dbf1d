namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>A metric: what it is called, what it means, and where its numbers come from.</summary>
/// <param name="Name">Its name; with its unit, by the conventions of Prometheus.</param>
/// <param name="Kind">What kind of a number it is.</param>
/// <param name="Help">What it means: a line of Markdown.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="Collect">Its numbers as they are now. Those of series that nothing was ever counted in may be left out.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help, string[] Labels, Func<IEnumerable<MetricSample>> Collect);
