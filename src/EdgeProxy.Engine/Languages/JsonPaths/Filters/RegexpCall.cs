using EdgeProxy.Engine.Languages.Regexes.IRegexps;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>
/// <c>match(text, pattern)</c> and <c>search(text, pattern)</c>: whether the pattern, an I-Regexp, matches the text as a
/// whole or somewhere in it. False where either is not a string, or the pattern is none.
/// </summary>
internal sealed class RegexpCall(ValueExpression text, ValueExpression pattern, bool whole, StepBudget? budget = null) : LogicalExpression
{
    /// <summary>Almost every pattern is a literal: compiled with the query.</summary>
    private readonly IRegexp? _literal = pattern is LiteralValue { Value: { Kind: ScalarKind.String } value }
        ? IRegexp.TryCompile(value.Text, whole, budget)
        : null;

    public override bool Test(PathEvaluation evaluation, PathNode current)
    {
        if (text.Evaluate(evaluation, current) is not { Scalar: { Kind: ScalarKind.String } subject })
        {
            return false;
        }

        var regexp = pattern is LiteralValue ? _literal : FromData(evaluation, current);
        return regexp is not null && evaluation.IsMatch(regexp, subject.Text);
    }

    private IRegexp? FromData(PathEvaluation evaluation, PathNode current) =>
        pattern.Evaluate(evaluation, current) is { Scalar: { Kind: ScalarKind.String } value }
            ? evaluation.Regexp(value.Text, whole)
            : null;
}
