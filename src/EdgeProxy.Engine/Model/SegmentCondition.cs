namespace EdgeProxy.Engine.Model;

/// <summary>A question about one value of the evaluation context.</summary>
public sealed record SegmentCondition
{
    /// <summary>
    /// A trait's name, or a JSONPath into the evaluation context (<c>$.identity.identifier</c>); empty asks
    /// <c>PERCENTAGE_SPLIT</c> for the identity key and anything else for nothing.
    /// </summary>
    public string Property { get; init; } = "";

    /// <summary>One of <see cref="ConditionOperators"/>. A condition with any other never holds and is reported.</summary>
    public required string Operator { get; init; }

    /// <summary>What to compare with; null is a value of its own (docs/spec/evaluation.md 5.4).</summary>
    public string? Value { get; init; }

    /// <summary>For <c>IN</c> only: the list, where it came as one; <see cref="Value"/> is then not looked at.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Stands for a condition that could not be read, and was reported as that.</summary>
    internal static readonly SegmentCondition Never = new() { Operator = "" };
}
