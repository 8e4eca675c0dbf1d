namespace EdgeProxy.Engine.Model;

/// <summary>The explanation of one flag: its result, what decided it, and what else was considered (docs/spec/explain.md 2).</summary>
public sealed record FlagExplanation
{
    /// <summary>The result, as the evaluation gives it.</summary>
    public required FlagResult Flag { get; init; }

    /// <summary>The result and its cause as a sentence for people, without ids.</summary>
    public required string Summary { get; init; }

    /// <summary>The kind of state that won.</summary>
    public required OverrideKind DecidedBy { get; init; }

    /// <summary>All overrides of the feature, strongest first: that of the identity, then those of segments.</summary>
    public required IReadOnlyList<OverrideExplanation> Overrides { get; init; }

    /// <summary>The variants of the state that won; null if it has none, or there is no identity.</summary>
    public VariantsExplanation? Variants { get; init; }

    /// <summary>True if the flag depends on itself (docs/spec/flag-dependencies.md 4).</summary>
    public bool IsCircular { get; init; }

    /// <summary>The reason that clients do not get the flag; null if they do (docs/spec/sdk-api.md 2.4).</summary>
    public string? HiddenFromClients { get; init; }

    /// <summary>The override that decided; null if the environment's own state did.</summary>
    public OverrideExplanation? Winner => Overrides.FirstOrDefault(static item => item.Standing == OverrideStanding.Applied);
}
