namespace EdgeProxy.Engine.Model;

/// <summary>The overrides for one identity (docs/spec/evaluation.md 2.3). Their variants are not used.</summary>
public sealed record IdentityOverride
{
    /// <summary>The identifier, compared as text.</summary>
    public required string Identifier { get; init; }

    /// <summary>The overriding states; of two for the same feature the first counts (docs/spec/evaluation.md 1.6).</summary>
    public IReadOnlyList<FeatureState> States { get; init; } = [];
}
