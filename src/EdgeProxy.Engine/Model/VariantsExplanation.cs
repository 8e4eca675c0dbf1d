namespace EdgeProxy.Engine.Model;

/// <summary>The choice of a variant (docs/spec/evaluation.md 2.4).</summary>
/// <param name="Bucket">The position of the identity, from 0 to 100.</param>
/// <param name="Ranges">The ranges of the variants, in order.</param>
public sealed record VariantsExplanation(double Bucket, IReadOnlyList<VariantRange> Ranges);
