namespace EdgeProxy.Comparison.Plots;

/// <summary>The bars of one colour in a chart.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Values">A value for each group; null for a gap.</param>
internal sealed record BarSeries(string Name, IReadOnlyList<double?> Values);
