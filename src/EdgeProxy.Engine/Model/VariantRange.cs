namespace EdgeProxy.Engine.Model;

/// <summary>The range of a variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="From">The start, inclusive.</param>
/// <param name="To">The end, exclusive.</param>
/// <param name="IsPicked">True if the identity gets the variant.</param>
public sealed record VariantRange(Variant Variant, double From, double To, bool IsPicked);
