using EdgeProxy.Engine.Compilation.Operators;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Combines an operator with a property. The test is a struct type parameter, so each kind of condition becomes its own
/// code with the test compiled into it: one delegate call per condition.
/// </summary>
internal static class ConditionBinder
{
    private const int QueryCost = 5000;

    /// <summary>Creates the condition; a constant if it does not depend on the request.</summary>
    /// <param name="test">The operator with its operand.</param>
    /// <param name="source">The source of the property's value.</param>
    /// <param name="place">The condition, for reports of expensive ones.</param>
    public static RuleNode Bind<TTest>(TTest test, PropertySource source, ConditionPlace place)
        where TTest : struct, IValueTest
    {
        if (source.Slot is not { } slot)
        {
            return RuleNode.Of(test.Matches(new EvaluationFrame(), default));
        }

        if (source.FallbackQuery is { } query)
        {
            return BindQuery(test, slot, query, place);
        }

        if (source.FallbackSlot is { } fallback)
        {
            return new RuleNode(
                frame => test.Matches(frame, in frame.Slots[frame.Slots[slot].Kind != SlotKind.None ? slot : fallback]),
                test.Cost + 1);
        }

        if (source.FallbackFlagPath is { } path)
        {
            return new RuleNode(
                frame => frame.Slots[slot].Kind != SlotKind.None
                    ? test.Matches(frame, in frame.Slots[slot])
                    : test.Matches(frame, in frame.FlagValues[path]),
                test.Cost + 1);
        }

        if (source.FallbackConstant is { } constant)
        {
            var frame = new EvaluationFrame();
            var otherwise = test.Matches(frame, frame.Read(constant));
            return new RuleNode(
                frame => frame.Slots[slot].Kind != SlotKind.None ? test.Matches(frame, in frame.Slots[slot]) : otherwise,
                test.Cost + 1);
        }

        return new RuleNode(frame => test.Matches(frame, in frame.Slots[slot]), test.Cost);
    }

    // A separate method, so that only these delegates capture the place.
    private static RuleNode BindQuery<TTest>(TTest test, int slot, JsonPathQuery query, ConditionPlace place)
        where TTest : struct, IValueTest => new(
            frame => frame.Slots[slot].Kind != SlotKind.None
                ? test.Matches(frame, in frame.Slots[slot])
                : frame.TryFind(query, place, out var found) && test.Matches(frame, in found),
            test.Cost + QueryCost);
}
