namespace EdgeProxy.Engine.Model;

/// <summary>A condition on one value of the evaluation context (docs/spec/evaluation.md 4 and 5).</summary>
public sealed record SegmentCondition
{
    /// <summary>
    /// The name of a trait, or a JSONPath into the evaluation context (<c>$.identity.identifier</c>). Empty is the
    /// identity key for <c>PERCENTAGE_SPLIT</c>, and no value for other operators (docs/spec/evaluation.md 4).
    /// </summary>
    public string Property { get; init; } = "";

    /// <summary>One of <see cref="ConditionOperators"/>. A condition with any other is false and is reported (docs/spec/evaluation.md 3.3).</summary>
    public required string Operator { get; init; }

    /// <summary>The operand; null is an operand of its own (docs/spec/evaluation.md 5.4).</summary>
    public string? Value { get; init; }

    /// <summary>The list of <c>IN</c> if the operand is an array; <see cref="Value"/> is then not used (docs/spec/evaluation.md 5.1).</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Stands for a condition that could not be read, and was reported as that.</summary>
    internal static readonly SegmentCondition Never = new() { Operator = "" };
}
