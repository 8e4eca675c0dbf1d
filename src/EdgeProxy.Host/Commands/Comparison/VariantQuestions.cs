using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Makes questions for identities at the borders between the variants of a feature.</summary>
internal static class VariantQuestions
{
    /// <summary>Makes the questions for a feature: some on both sides of the end of each variant.</summary>
    /// <param name="environmentKey">The key of the environment.</param>
    /// <param name="feature">The state of the feature.</param>
    /// <param name="toBody">Makes the body of a request.</param>
    public static IEnumerable<Question> Of(string environmentKey, FeatureState feature, Func<AskedIdentity, byte[]> toBody)
    {
        var border = 0d;
        foreach (var variant in feature.Variants.OrderBy(static variant => variant.Priority is null).ThenBy(static variant => variant.Priority))
        {
            border += variant.Weight.AsDouble();
            foreach (var identifier in SplitIdentities.NearestTo(border, feature.Key, identifier => $"{environmentKey}_{identifier}"))
            {
                yield return new Question(Question.Variant, $"variants of feature {feature.Name}", toBody(new AskedIdentity(identifier)));
            }
        }
    }
}
