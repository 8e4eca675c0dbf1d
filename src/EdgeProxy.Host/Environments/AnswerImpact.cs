using System.Globalization;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>The effect of a new version on the identities that asked lately (docs/spec/changes.md 4.2).</summary>
/// <param name="Identities">The number of sampled identities.</param>
/// <param name="Changed">The number of those that get another answer to any feature.</param>
/// <param name="Features">The features with other answers, the most changed first, up to <see cref="MaxFeatures"/>.</param>
internal sealed record AnswerImpact(int Identities, int Changed, IReadOnlyList<FeatureImpact> Features)
{
    /// <summary>The maximum number of features that are listed.</summary>
    public const int MaxFeatures = 50;

    private const int FeaturesInText = 3;
    private const double Hundred = 100;

    /// <summary>The largest share of the sample that gets another answer to one feature, in percent.</summary>
    public double MaxPercent => Features.Count == 0 ? 0 : PercentOf(Features[0].Identities);

    /// <summary>Determines whether more than a share of the sample gets another answer to one feature.</summary>
    public bool IsAbove(int percent) => Features.Count > 0 && Features[0].Identities * 100L > percent * (long)Identities;

    /// <summary>A number of identities in percent of the sample.</summary>
    public double PercentOf(int identities) => Identities == 0 ? 0 : Math.Round(identities * Hundred / Identities, 2);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Identities == 0)
        {
            return "no identity asked lately, so its effect is not known";
        }

        if (Changed == 0)
        {
            return $"none of {Quantity.Of(Identities, "sampled identity", "sampled identities")} gets another answer";
        }

        var features = Features.Take(FeaturesInText).Select(feature => $"{feature.Feature} {Text(feature.Identities)}");
        return $"{Changed} of {Quantity.Of(Identities, "sampled identity", "sampled identities")} ({Text(Changed)}) get another answer: {string.Join(", ", features)}{(Features.Count > FeaturesInText ? ", …" : "")}";
    }

    private string Text(int identities) => string.Create(CultureInfo.InvariantCulture, $"{PercentOf(identities):0.##} %");
}
