using System.Text;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Explanation;

/// <summary>
/// Evaluates conditions and records what they compared. The comparison is the compiled one, on a frame with the value as its
/// only slot: what is explained cannot differ from what is evaluated.
/// </summary>
internal sealed class ConditionWalker
{
    private static readonly PropertySource FirstSlot = new() { Slot = 0 };

    // Not limited: what was compiled for evaluation can be compiled again.
    private readonly StepBudget _budget = StepBudget.Unlimited();

    private readonly PropertyReader _properties;
    private readonly EvaluationFrame _frame;
    private readonly Dictionary<ConditionKey, (RuleNode Node, string? Problem)> _compiled = [];

    /// <param name="properties">Finds the values.</param>
    /// <param name="frame">Has the value, and the budget of steps.</param>
    public ConditionWalker(PropertyReader properties, EvaluationFrame frame)
    {
        _properties = properties;
        _frame = frame;
    }

    /// <summary>Creates the record of a condition that was not evaluated.</summary>
    public static ConditionExplanation Unevaluated(SegmentCondition condition) => new() { Condition = condition, Sentence = "not evaluated" };

    /// <summary>Evaluates a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="segment">Its segment.</param>
    /// <param name="walker">Evaluates segments, if the condition reads a flag.</param>
    public ConditionExplanation Walk(SegmentCondition condition, Segment segment, SegmentWalker walker)
    {
        if (ReferenceEquals(condition, SegmentCondition.Never))
        {
            const string Problem = "the condition could not be read; it never holds";
            return new ConditionExplanation { Condition = condition, Result = false, Problem = Problem, Sentence = Problem };
        }

        var found = _properties.Find(condition, walker);
        var (node, problem) = Compile(condition, segment);
        var abortedBefore = _frame.AbortedConditions;
        var type = _frame.HoldValue(found.Value);
        var text = type == ScalarKind.Null ? null : _frame.HeldText();
        var result = !found.IsAborted && node.Matcher(_frame);
        var explanation = new ConditionExplanation
        {
            Condition = condition,
            Result = result,
            Origin = found.Origin,
            Value = found.Value,
            ValueType = type,
            ValueText = text,
            Flag = found.Flag,
            IsCircular = found.IsCircular,
            IsAborted = found.IsAborted || _frame.AbortedConditions != abortedBefore,
            Problem = problem,
        };
        explanation = condition.Operator == ConditionOperators.PercentageSplit ? WithBucket(explanation, segment) : explanation;
        explanation = explanation with { Problem = problem ?? OperandProblems.Of(explanation) };
        return explanation with { Sentence = ConditionSentence.Of(explanation, found.IsState) + Hints.Of(explanation, node, _frame) };
    }

    private static ConditionExplanation WithBucket(ConditionExplanation explanation, Segment segment) => explanation with
    {
        Threshold = PythonLiteral.TryParseDouble(explanation.Condition.Value, out var threshold) ? threshold : null,
        Bucket = explanation.ValueText is { } text && !explanation.IsAborted
            ? PercentageHash.Of(Encoding.UTF8.GetBytes(segment.Key), Encoding.UTF8.GetBytes(text))
            : null,
    };

    private (RuleNode Node, string? Problem) Compile(SegmentCondition condition, Segment segment)
    {
        var key = ConditionKey.Of(condition, segment.Key);
        if (!_compiled.TryGetValue(key, out var compiled))
        {
            string? problem = null;
            var node = OperatorCompiler.Compile(
                condition, FirstSlot, new ConditionPlace(segment.Name, segment.Key, condition.Property, condition.Operator), message => problem = message, _budget);
            _compiled.Add(key, compiled = (node, problem));
        }

        return compiled;
    }
}
