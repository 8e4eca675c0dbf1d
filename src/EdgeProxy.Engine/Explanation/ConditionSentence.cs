using EdgeProxy.Engine.Compilation.Operators;
using EdgeProxy.Engine.Model;
using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Conditions in words: the value, and how it compares (docs/spec/explain.md 3).</summary>
internal static class ConditionSentence
{
    /// <summary>Creates the sentence of a condition that was evaluated.</summary>
    /// <param name="explanation">The condition and its result.</param>
    /// <param name="isState">True if the value is the state of a flag: on or off.</param>
    public static string Of(ConditionExplanation explanation, bool isState)
    {
        var subject = SubjectOf(explanation);
        if (explanation.IsAborted)
        {
            return $"{subject}: {explanation.Condition.Operator} took too many steps and was stopped, so it does not hold";
        }

        if (explanation.ValueType == ScalarKind.Null)
        {
            return explanation.Problem is { } problem ? $"{subject}: {problem}" : WithoutValue(explanation, subject);
        }

        if (isState && explanation.Flag is { } flag)
        {
            return $"flag {Quote.Short(flag)} is {(explanation.Value.AsBoolean() ? "on" : "off")}";
        }

        var value = explanation.Origin == ValueOrigin.IdentityKey ? subject : $"{subject} {ValueOf(explanation)}";
        return explanation.Problem is { } mistake ? $"{value}: {mistake}" : Compare(explanation, subject, value);
    }

    private static string Compare(ConditionExplanation explanation, string subject, string value)
    {
        var condition = explanation.Condition;
        var holds = explanation.Result == true;
        return condition.Operator switch
        {
            IsSet or IsNotSet => $"{value} is there",
            Equal or NotEqual when holds == (condition.Operator == Equal) => $"{subject} is {ValueOf(explanation)}",
            Equal or NotEqual => $"{value} is not {OperandOf(explanation)}",
            GreaterThan => Order(value, ">", explanation),
            GreaterThanInclusive => Order(value, ">=", explanation),
            LessThan => Order(value, "<", explanation),
            LessThanInclusive => Order(value, "<=", explanation),
            In => $"{value} is {(holds ? "one" : "not one")} of {Quote.List(ListOf(condition))}",
            Contains or NotContains => $"{value} {(holds == (condition.Operator == Contains) ? "contains" : "does not contain")} {Quote.Text(condition.Value)}",
            Regex => $"{value} {(holds ? "matches" : "does not match")} {Quote.Short(condition.Value ?? ComparisonOperand.NullText)}",
            Modulo => Divide(value, condition.Value!.Split('|'), holds),
            PercentageSplit => $"{value} is at {Quote.Percent(explanation.Bucket ?? 0)} of 100, {(holds ? "within" : "beyond")} the first {Quote.Percent(explanation.Threshold ?? 0)} %",
            _ => $"{value}: {condition.Operator}",
        };
    }

    private static string Order(string value, string sign, ConditionExplanation explanation) =>
        $"{value} {(explanation.Result == true ? "" : "is not ")}{sign} {OperandOf(explanation)}";

    private static string Divide(string value, string[] parts, bool holds) => $"{value} modulo {parts[0]} is {(holds ? "" : "not ")}{parts[1]}";

    private static string WithoutValue(ConditionExplanation explanation, string subject) => explanation switch
    {
        { IsCircular: true } => $"{subject} depends on itself in a circle, so it has no value",
        { Origin: ValueOrigin.NullTrait } => $"{subject} is null, which counts as not sent",
        { Origin: ValueOrigin.InvalidPath } => $"{subject} is not a valid path, and no trait has that name",
        { Flag: not null } => $"{subject} does not exist or has no value",
        { Condition.Property: "" } => explanation.Condition.Operator == PercentageSplit ? "there is no identity" : "the condition names no trait",
        { Condition.Property: ['$', '.', ..] } => $"{subject} leads to no value",
        _ => $"{subject} was not sent",
    };

    private static string SubjectOf(ConditionExplanation explanation) => explanation switch
    {
        { Flag: { } flag } => $"flag {Quote.Short(flag)}",
        { Origin: ValueOrigin.IdentityKey } or { Condition: { Property: "", Operator: PercentageSplit } } => "the identity",
        { Origin: ValueOrigin.Trait } => Quote.Short(explanation.Condition.Property),
        { Condition.Property: "$.identity.identifier" } => "identifier",
        { Condition.Property: "$.identity.key" } => "identity key",
        { Condition.Property: "$.environment.name" } => "environment name",
        _ => Quote.Short(explanation.Condition.Property),
    };

    /// <summary>A text that counts as a number is shown as both.</summary>
    private static string ValueOf(ConditionExplanation explanation) =>
        explanation.Value.Kind == ScalarKind.String && explanation.ValueType is ScalarKind.Integer or ScalarKind.Double && explanation.ValueText != explanation.Value.Text
            ? $"{Quote.Value(explanation.Value)} (which counts as the number {Quote.Short(explanation.ValueText!)})"
            : Quote.Value(explanation.Value);

    private static string OperandOf(ConditionExplanation explanation)
    {
        var operand = explanation.Condition.Value;
        if (explanation.ValueType != ScalarKind.String)
        {
            return operand is null ? "null" : Quote.Short(operand);
        }

        return operand?.EndsWith(ComparisonOperand.VersionSuffix, StringComparison.Ordinal) == true
            ? $"version {Quote.Short(operand[..^ComparisonOperand.VersionSuffix.Length])}"
            : Quote.Text(operand);
    }

    private static IReadOnlyList<string> ListOf(SegmentCondition condition) => condition.Values ?? InOperand.Items(condition.Value ?? "", out _);
}
