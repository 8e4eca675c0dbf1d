using System.Runtime.CompilerServices;
using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>
/// Evaluates the rules of a segment from left to right, only as far as needed (docs/spec/flag-dependencies.md 3.2), and
/// records every part.
/// </summary>
internal sealed class SegmentWalker
{
    private readonly ConditionWalker _conditions;

    /// <param name="conditions">Evaluates conditions.</param>
    public SegmentWalker(ConditionWalker conditions)
    {
        _conditions = conditions;
    }

    /// <summary>Evaluates a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="isComplete">True to evaluate everything, also what does not change the result.</param>
    public SegmentExplanation Walk(Segment segment, bool isComplete)
    {
        var (rules, isMatch) = WalkAll(RuleTypes.All, segment.Rules, (rule, isNeeded) => Walk(rule, segment, depth: 0, isNeeded, isComplete), static rule => rule.Result, isComplete);
        return new SegmentExplanation(segment.Key, segment.Name, isMatch && segment.Rules.Count > 0, IsCircular: false, rules);
    }

    private RuleExplanation Walk(SegmentRule rule, Segment segment, int depth, bool isNeeded, bool isComplete)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var problem = ProblemOf(rule, depth);
        if (problem is not null || (!isNeeded && !isComplete))
        {
            return Unevaluated(rule, segment, depth) with { Result = problem is not null && isNeeded ? false : null, Problem = problem };
        }

        var (conditions, areSatisfied) = WalkAll(
            rule.Type,
            rule.Conditions,
            (condition, isNeeded) => isNeeded || isComplete ? _conditions.Walk(condition, segment, this) : ConditionWalker.Unevaluated(condition),
            static condition => condition.Result,
            isComplete);

        // Even if the conditions have failed.
        var (rules, isSatisfied) = WalkAll(
            rule.Type, rule.Rules, (inner, isNeeded) => Walk(inner, segment, depth + 1, isNeeded, isComplete), static inner => inner.Result, isComplete);
        return new RuleExplanation { Type = rule.Type, Result = areSatisfied && isSatisfied, Conditions = conditions, Rules = rules };
    }

    private RuleExplanation Unevaluated(SegmentRule rule, Segment segment, int depth) => new()
    {
        Type = rule.Type,
        Conditions = [.. rule.Conditions.Select(ConditionWalker.Unevaluated)],
        Rules = depth > RuleCompiler.MaxDepth ? [] : [.. rule.Rules.Select(inner => Walk(inner, segment, depth + 1, isNeeded: false, isComplete: false))],
    };

    /// <summary>Evaluates items up to the one that decides, and says whether they satisfy the type (docs/spec/evaluation.md 3.2).</summary>
    private static (List<TResult> Results, bool IsSatisfied) WalkAll<TItem, TResult>(
        string type, IReadOnlyList<TItem> items, Func<TItem, bool, TResult> walk, Func<TResult, bool?> resultOf, bool isComplete)
    {
        var results = new List<TResult>(items.Count);
        var isDecided = false;
        foreach (var item in items)
        {
            var result = walk(item, !isDecided || isComplete);
            results.Add(result);
            isDecided |= resultOf(result) == (type != RuleTypes.All);
        }

        return (results, type == RuleTypes.Any ? isDecided || items.Count == 0 : !isDecided);
    }

    private static string? ProblemOf(SegmentRule rule, int depth) =>
        ReferenceEquals(rule, SegmentRule.Never) ? "the rule could not be read; it never matches"
        : depth > RuleCompiler.MaxDepth ? $"rules are nested deeper than {RuleCompiler.MaxDepth}; the rule never matches"
        : rule.Type is RuleTypes.All or RuleTypes.Any or RuleTypes.None ? null
        : $"unknown rule type '{rule.Type}'; the rule never matches";
}
