using System.Globalization;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>Several figures of the same thing: the median, and the quartiles, between which the middle half of them lies.</summary>
/// <param name="Median">The median.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Upper">The upper quartile.</param>
/// <param name="Count">The number of figures.</param>
internal sealed record Spread(double Median, double Lower, double Upper, int Count)
{
    private const int MinCount = 5;
    private const double MaxRange = 1.25;

    /// <summary>Indicates whether the figures agree well enough to support a claim; otherwise they are noise.</summary>
    public bool IsEvidence => Count >= MinCount && Upper <= Lower * MaxRange;

    /// <summary>Of some figures, at least one.</summary>
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return new Spread(At(0.5), At(0.25), At(0.75), sorted.Length);

        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            var above = Math.Min(below + 1, sorted.Length - 1);
            return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }
    }

    /// <summary>Of what one has in each round, as multiples of what the other has in the same round.</summary>
    public static Spread OfRatios(IEnumerable<double> figures, IEnumerable<double> others) =>
        Of(figures.Zip(others, static (figure, other) => figure / other));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Lower:0.00}–{Upper:0.00})");
}
