using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// An operator with its operand, cast and prepared. Implemented by structs, so that a condition on a slot becomes one
/// delegate with the test compiled into it.
/// </summary>
internal interface IValueTest
{
    /// <summary>What a test costs, roughly in nanoseconds; the cheap ones of a rule go first.</summary>
    int Cost { get; }

    /// <summary>Whether the value passes. Pure; allocates nothing.</summary>
    /// <param name="frame">Holds the text of the value.</param>
    /// <param name="value">The value; of kind <see cref="SlotKind.None"/> where there is none.</param>
    bool Matches(EvaluationFrame frame, in SlotValue value);
}
