using EdgeProxy.Engine.Compilation.Operators;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Explanation;

/// <summary>The reasons that an operand cannot be used with a value of a type (docs/spec/evaluation.md 5).</summary>
internal static class OperandProblems
{
    /// <summary>Returns the reason; null if there is none.</summary>
    public static string? Of(ConditionExplanation explanation)
    {
        var condition = explanation.Condition;
        return explanation.ValueType == ScalarKind.Null ? null : condition.Operator switch
        {
            ConditionOperators.Equal or ConditionOperators.NotEqual or ConditionOperators.GreaterThan or ConditionOperators.GreaterThanInclusive
                or ConditionOperators.LessThan or ConditionOperators.LessThanInclusive => OfComparison(condition.Value, explanation),
            ConditionOperators.In when condition.Value is null && condition.Values is null => "the condition has no list",
            ConditionOperators.In when explanation.ValueType is ScalarKind.Double or ScalarKind.Boolean =>
                $"{Quote.TypeOf(explanation.ValueType)} is never in a list",
            ConditionOperators.Contains or ConditionOperators.NotContains when explanation.ValueType != ScalarKind.String =>
                $"only text can contain something, and this is {Quote.TypeOf(explanation.ValueType)}",
            ConditionOperators.Contains when condition.Value?.EndsWith(ComparisonOperand.VersionSuffix, StringComparison.Ordinal) == true =>
                "nothing contains a version",
            ConditionOperators.Modulo when explanation.ValueType == ScalarKind.String => "it is not a number",
            _ => null,
        };
    }

    private static string? OfComparison(string? operand, ConditionExplanation explanation) => explanation.ValueType switch
    {
        ScalarKind.Integer when !PythonLiteral.TryParseInteger(operand, out _) => $"{Quote.Text(operand)} is not a whole number, so the two cannot be compared",
        ScalarKind.Double when !PythonLiteral.TryParseDouble(operand, out _) => $"{Quote.Text(operand)} is not a number, so the two cannot be compared",
        ScalarKind.String when operand?.EndsWith(ComparisonOperand.VersionSuffix, StringComparison.Ordinal) == true => OfVersion(operand, explanation),
        _ => null,
    };

    private static string? OfVersion(string operand, ConditionExplanation explanation) =>
        new ComparisonOperand(operand).Version is null ? $"{Quote.Text(operand[..^ComparisonOperand.VersionSuffix.Length])} is not a semantic version"
        : new ComparisonOperand(explanation.ValueText + ComparisonOperand.VersionSuffix).Version is null ? "it is not a semantic version, which has three numbers, such as 1.2.0"
        : null;
}
