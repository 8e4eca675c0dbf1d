namespace EdgeProxy.Engine.Model;

/// <summary>What is different for one identity. Never multivariate.</summary>
public sealed record IdentityOverride
{
    /// <summary>The identifier, compared exactly.</summary>
    public required string Identifier { get; init; }

    /// <summary>The states that take the place of any other; of two for the same feature the first counts.</summary>
    public IReadOnlyList<FeatureState> States { get; init; } = [];
}
