using System.Globalization;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>Several figures of the same thing: the middle one, and how far they are apart.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    /// <summary>Of some figures, at least one.</summary>
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>Of what one has in each round, as multiples of what the other has in the same round.</summary>
    public static Spread OfRatios(IEnumerable<double> figures, IEnumerable<double> others) =>
        Of(figures.Zip(others, static (figure, other) => figure / other));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Min:0.00}–{Max:0.00})");
}
