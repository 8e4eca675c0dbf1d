namespace EdgeProxy.Host.Environments;

/// <summary>The effect of a new version on one feature.</summary>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Identities">The number of sampled identities that get another answer.</param>
internal sealed record FeatureImpact(string Feature, int Identities);
