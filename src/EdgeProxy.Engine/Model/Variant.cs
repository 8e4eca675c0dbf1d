using System.Numerics;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Model;

/// <summary>One of the values of a multivariate feature.</summary>
public sealed record Variant
{
    /// <summary>The value an identity gets that falls into this variant.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>A stable name, reported with the result; null where there is none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The share of identities in percent, 0 to 100. A number; its spelling is part of the result's reason
    /// (<c>SPLIT; weight=30</c>).
    /// </summary>
    public required ScalarValue Weight { get; init; }

    /// <summary>Variants are lined up by ascending priority; null comes last.</summary>
    public BigInteger? Priority { get; init; }
}
