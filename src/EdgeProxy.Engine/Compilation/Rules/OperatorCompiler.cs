using System.Text;
using EdgeProxy.Engine.Compilation.Operators;
using EdgeProxy.Engine.Compilation.Operators.Relations;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.Regexes.Python;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Prepares a condition's operand and combines the operator with the property. An invalid operand makes the condition false
/// for everybody, and is reported.
/// </summary>
internal static class OperatorCompiler
{
    // A message is for people, and an operand may have as many megabytes as the document.
    private const int MaxQuoted = 1000;

    /// <summary>Compiles a condition.</summary>
    /// <param name="condition">The operator and its operand.</param>
    /// <param name="source">The source of the property's value.</param>
    /// <param name="place">The place of the condition: for reports of expensive ones, and for the seed of percentage splits.</param>
    /// <param name="report">Receives the problems of the condition.</param>
    /// <param name="budget">The steps that are left for regular expressions.</param>
    public static RuleNode Compile(SegmentCondition condition, PropertySource source, ConditionPlace place, Action<string> report, StepBudget budget)
    {
        var operand = condition.Value;
        switch (condition.Operator)
        {
            case ConditionOperators.IsSet:
                return ConditionBinder.Bind(default(IsSetTest), source, place);
            case ConditionOperators.IsNotSet:
                return ConditionBinder.Bind(default(IsNotSetTest), source, place);
            case ConditionOperators.In:
                return CompileIn(condition, source, place, report);
            case ConditionOperators.PercentageSplit:
                return CompilePercentageSplit(operand, source, place, report);
            case ConditionOperators.Modulo:
                return CompileModulo(operand, source, place, report);
            case ConditionOperators.Regex:
                return CompileRegex(operand, source, place, report, budget);
            case ConditionOperators.Contains:
                return CompileContains(operand, source, place);
            case ConditionOperators.NotContains:
                return ConditionBinder.Bind(new NotContainsTest(ToUtf8(operand), place), source, place);
            case ConditionOperators.Equal:
                return CompileComparison<EqualRelation>(operand, source, place, report);
            case ConditionOperators.NotEqual:
                return CompileComparison<NotEqualRelation>(operand, source, place, report);
            case ConditionOperators.GreaterThan:
                return CompileComparison<GreaterRelation>(operand, source, place, report);
            case ConditionOperators.GreaterThanInclusive:
                return CompileComparison<GreaterOrEqualRelation>(operand, source, place, report);
            case ConditionOperators.LessThan:
                return CompileComparison<LessRelation>(operand, source, place, report);
            case ConditionOperators.LessThanInclusive:
                return CompileComparison<LessOrEqualRelation>(operand, source, place, report);
            default:
                report($"unknown operator '{condition.Operator}'; the condition never holds");
                return RuleNode.False;
        }
    }

    private static RuleNode CompileComparison<TRelation>(string? operand, PropertySource source, ConditionPlace place, Action<string> report)
        where TRelation : struct, IRelation
    {
        if (PythonLiteral.CountExcessiveDigits(operand) is var digits and > 0)
        {
            return NeverHolds(digits, report);
        }

        return ConditionBinder.Bind(new ComparisonTest<TRelation>(new ComparisonOperand(operand), place), source, place);
    }

    private static RuleNode NeverHolds(int digits, Action<string> report)
    {
        report($"the operand is a number of {digits} digits, more than {PythonLiteral.MaxIntegerDigits}; the condition never holds");
        return RuleNode.False;
    }

    private static RuleNode CompileIn(SegmentCondition condition, PropertySource source, ConditionPlace place, Action<string> report)
    {
        if (condition.Values is { } values)
        {
            return ConditionBinder.Bind(new InTest(InOperand.ToIndex(values)), source, place);
        }

        if (condition.Value is not { } text)
        {
            return RuleNode.False;
        }

        var items = InOperand.Parse(text, out var digits);
        return digits > 0 ? NeverHolds(digits, report) : ConditionBinder.Bind(new InTest(items), source, place);
    }

    private static RuleNode CompilePercentageSplit(string? operand, PropertySource source, ConditionPlace place, Action<string> report)
    {
        if (!PythonLiteral.TryParseDouble(operand, out var percentage))
        {
            report($"the percentage {Quote(operand)} is not a number; the condition never holds");
            return RuleNode.False;
        }

        return ConditionBinder.Bind(new PercentageSplitTest(ToUtf8(place.SegmentKey), percentage, place), source, place);
    }

    private static RuleNode CompileModulo(string? operand, PropertySource source, ConditionPlace place, Action<string> report)
    {
        var parts = operand?.Split('|');
        if (parts is not [var first, var second]
            || !PythonLiteral.TryParseDouble(first, out var divisor)
            || !PythonLiteral.TryParseDouble(second, out var remainder))
        {
            report($"the operand {Quote(operand)} is not of the form 'divisor|remainder'; the condition never holds");
            return RuleNode.False;
        }

        if (divisor == 0)
        {
            report("the divisor is 0; the condition never holds");
            return RuleNode.False;
        }

        return ConditionBinder.Bind(new ModuloTest(divisor, remainder), source, place);
    }

    private static RuleNode CompileRegex(string? operand, PropertySource source, ConditionPlace place, Action<string> report, StepBudget budget)
    {
        if (!PythonRegex.TryCreate(operand ?? ComparisonOperand.NullText, out var regex, out var error, budget))
        {
            report($"the regular expression {Quote(operand)} cannot be used ({error}); the condition never holds");
            return RuleNode.False;
        }

        return ConditionBinder.Bind(new RegexTest(regex, place), source, place);
    }

    // A version is not a container, so nothing contains a version operand.
    private static RuleNode CompileContains(string? operand, PropertySource source, ConditionPlace place) =>
        operand is not null && operand.EndsWith(ComparisonOperand.VersionSuffix, StringComparison.Ordinal)
            ? RuleNode.False
            : ConditionBinder.Bind(new ContainsTest(ToUtf8(operand), place), source, place);

    private static byte[] ToUtf8(string? text) => Encoding.UTF8.GetBytes(text ?? ComparisonOperand.NullText);

    private static string Quote(string? text) =>
        text is null ? "null" : text.Length <= MaxQuoted ? $"'{text}'" : $"'{ShortText.Truncate(text, MaxQuoted, "...")}' ({text.Length} characters)";
}
