using System.Numerics;

namespace EdgeProxy.Engine.Model;

/// <summary>A variant of a multivariate feature (docs/spec/evaluation.md 1.4 and 2.4).</summary>
public sealed record Variant
{
    /// <summary>The value for identities that get this variant.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>The variant key, which is reported with the result (docs/spec/evaluation.md 2.5); null if there is none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The weight: the share of identities in percent, 0 to 100. A number, whose text form is part of the reason
    /// (<c>SPLIT; weight=30</c>, docs/spec/evaluation.md 2.5).
    /// </summary>
    public required ScalarValue Weight { get; init; }

    /// <summary>The position: variants are sorted by ascending priority, null last (docs/spec/evaluation.md 2.4).</summary>
    public BigInteger? Priority { get; init; }
}
