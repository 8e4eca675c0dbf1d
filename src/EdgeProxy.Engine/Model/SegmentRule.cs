namespace EdgeProxy.Engine.Model;

/// <summary>
/// A rule of a segment (docs/spec/evaluation.md 3.2). The type applies to the conditions and to the sub-rules; both lists must satisfy it,
/// and an empty list does.
/// </summary>
public sealed record SegmentRule
{
    /// <summary>One of <see cref="RuleTypes"/>. A rule of any other type never matches and is reported (docs/spec/evaluation.md 3.3).</summary>
    public required string Type { get; init; }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<SegmentCondition> Conditions { get; init; } = [];

    /// <summary>The sub-rules, at most 500 deep (docs/spec/evaluation.md 1.7).</summary>
    public IReadOnlyList<SegmentRule> Rules { get; init; } = [];

    /// <summary>Stands for a rule that could not be read, and was reported as that.</summary>
    internal static readonly SegmentRule Never = new() { Type = "" };
}
