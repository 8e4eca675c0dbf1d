namespace EdgeProxy.Engine.Model;

/// <summary>
/// Conditions and further rules. The type holds for the conditions among themselves and for the rules among themselves;
/// both must be satisfied, and an empty list is.
/// </summary>
public sealed record SegmentRule
{
    /// <summary>One of <see cref="RuleTypes"/>. A rule of any other type never matches and is reported.</summary>
    public required string Type { get; init; }

    /// <summary>Questions about the identity.</summary>
    public IReadOnlyList<SegmentCondition> Conditions { get; init; } = [];

    /// <summary>Rules nested to any depth.</summary>
    public IReadOnlyList<SegmentRule> Rules { get; init; } = [];

    /// <summary>Stands for a rule that could not be read, and was reported as that.</summary>
    internal static readonly SegmentRule Never = new() { Type = "" };
}
