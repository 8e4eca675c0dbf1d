namespace EdgeProxy.Engine.Differences;

/// <summary>A difference between two versions of an environment (docs/spec/changes.md 1).</summary>
/// <param name="Kind">The kind.</param>
internal sealed record EnvironmentChange(EnvironmentChangeKind Kind)
{
    /// <summary>The feature; null if it concerns none.</summary>
    public string? Feature { get; init; }

    /// <summary>The segment; null if it concerns none.</summary>
    public string? Segment { get; init; }

    /// <summary>The place within the feature, segment or environment: a setting, or a rule; null if there is none.</summary>
    public string? Place { get; init; }

    /// <summary>The earlier value as text; null if there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The later value as text; null if there is none.</summary>
    public string? After { get; init; }

    /// <summary>The number of identities, for overrides of identities.</summary>
    public int Count { get; init; }

    /// <summary>The difference in words.</summary>
    public override string ToString() => Kind switch
    {
        EnvironmentChangeKind.FeatureAdded => $"{Subject} added: {After}",
        EnvironmentChangeKind.FeatureRemoved => $"{Subject} removed: {Before}",
        EnvironmentChangeKind.SegmentAdded => $"{Subject} added: {After}",
        EnvironmentChangeKind.SegmentRemoved => $"{Subject} removed: {Before}",
        EnvironmentChangeKind.OverrideAdded => $"{Subject}: override added: {After}",
        EnvironmentChangeKind.OverrideRemoved => $"{Subject}: override removed: {Before}",
        EnvironmentChangeKind.IdentityOverridesAdded => $"{Identities} got overrides",
        EnvironmentChangeKind.IdentityOverridesRemoved => $"{Identities} lost their overrides",
        EnvironmentChangeKind.IdentityOverridesChanged => $"{Identities} got other overrides",
        _ when Before is null => $"{Subject}: {Place} added: {After}",
        _ when After is null => $"{Subject}: {Place} removed: {Before}",
        _ => $"{Subject}: {Place} {Before} → {After}",
    };

    private string Subject => (Feature, Segment) switch
    {
        ({ } feature, { } segment) => $"feature '{feature}' for segment '{segment}'",
        ({ } feature, null) => $"feature '{feature}'",
        (null, { } segment) => $"segment '{segment}'",
        _ => "environment",
    };

    private string Identities => Count == 1 ? "1 identity" : FormattableString.Invariant($"{Count} identities");
}
