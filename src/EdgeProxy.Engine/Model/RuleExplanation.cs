namespace EdgeProxy.Engine.Model;

/// <summary>A rule of a segment, and whether it matches (docs/spec/evaluation.md 3.2).</summary>
public sealed record RuleExplanation
{
    /// <summary>The rule type: <c>ALL</c>, <c>ANY</c>, <c>NONE</c>, or one that is not known.</summary>
    public required string Type { get; init; }

    /// <summary>The result; null if the rule was not evaluated.</summary>
    public bool? Result { get; init; }

    /// <summary>The reason that the rule can never match; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<ConditionExplanation> Conditions { get; init; } = [];

    /// <summary>The sub-rules.</summary>
    public IReadOnlyList<RuleExplanation> Rules { get; init; } = [];
}
