using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// An operator with its prepared operand. Implemented by structs, so that a condition on a slot becomes one delegate with
/// the test compiled into it.
/// </summary>
internal interface IValueTest
{
    /// <summary>The approximate cost of a test in nanoseconds; the cheapest tests of a rule run first.</summary>
    int Cost { get; }

    /// <summary>Determines whether the value passes. Pure; allocates nothing.</summary>
    /// <param name="frame">Holds the text of the value.</param>
    /// <param name="value">The value; of kind <see cref="SlotKind.None"/> if there is none.</param>
    bool Matches(EvaluationFrame frame, in SlotValue value);
}
