namespace EdgeProxy.Engine.Model;

/// <summary>A condition with the value that it compared (docs/spec/explain.md 3).</summary>
public sealed record ConditionExplanation
{
    /// <summary>The condition as the environment has it.</summary>
    public required SegmentCondition Condition { get; init; }

    /// <summary>The result; null if the condition was not evaluated.</summary>
    public bool? Result { get; init; }

    /// <summary>The origin of the value.</summary>
    public ValueOrigin Origin { get; init; }

    /// <summary>The value as it was sent.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>
    /// The type that the value has for the comparison: text that looks like a number is one (docs/spec/evaluation.md 4.5).
    /// <see cref="ScalarKind.Null"/> for no value.
    /// </summary>
    public ScalarKind ValueType { get; init; }

    /// <summary>The value as text, as the comparison sees it (docs/spec/evaluation.md 5.9); null for no value.</summary>
    public string? ValueText { get; init; }

    /// <summary>The flag that the condition reads (docs/spec/flag-dependencies.md 2.2); null if it reads none.</summary>
    public string? Flag { get; init; }

    /// <summary>True if that flag depends on itself, and so has no value.</summary>
    public bool IsCircular { get; init; }

    /// <summary>True if the condition was aborted because the evaluation ran out of steps (docs/spec/evaluation.md 8).</summary>
    public bool IsAborted { get; init; }

    /// <summary>The position of the value in a percentage split, from 0 to 100.</summary>
    public double? Bucket { get; init; }

    /// <summary>The highest position that a percentage split includes.</summary>
    public double? Threshold { get; init; }

    /// <summary>The reason that the operand cannot be used with this value; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The value and the comparison in words, such as <c>plan "basic" is not one of pro, enterprise</c>.</summary>
    public string Sentence { get; init; } = "";
}
