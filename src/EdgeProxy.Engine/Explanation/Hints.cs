using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.Regexes.Python;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Hints at frequent mistakes, behind the sentence of a condition that does not hold. They cost no steps of the evaluation.</summary>
internal static class Hints
{
    private const int MaxSteps = 200_000;

    /// <summary>Returns a hint in parentheses; empty if there is none.</summary>
    public static string Of(ConditionExplanation explanation, RuleNode node, EvaluationFrame frame) => explanation.Condition.Operator switch
    {
        ConditionOperators.Regex when explanation.Result == false && explanation is { ValueText: not null, IsAborted: false, Problem: null }
            && MatchesInside(explanation.Condition.Value, explanation.ValueText) =>
            " at its start, only further in: an expression has to match from the first character",
        ConditionOperators.Equal or ConditionOperators.NotEqual when explanation.Value.Kind == ScalarKind.String && explanation.Origin == ValueOrigin.Trait =>
            OfBoolean(explanation, node, frame),
        _ => "",
    };

    private static string OfBoolean(ConditionExplanation explanation, RuleNode node, EvaluationFrame frame)
    {
        if (!bool.TryParse(explanation.Value.Text, out var boolean))
        {
            return "";
        }

        frame.HoldValue(boolean);
        var other = node.Matcher(frame);
        frame.HoldValue(explanation.Value);
        return other == explanation.Result ? ""
            : $" (it was sent as text; sent as the boolean {(boolean ? "true" : "false")}, it would {(other ? "match" : "not match")})";
    }

    private static bool MatchesInside(string? expression, string text) =>
        expression is not null
        && PythonRegex.TryCreate($"[\\s\\S]*(?:{expression})", out var regex, out _)
        && regex.MatchesAtStart(text, MaxSteps, out _, out _);
}
