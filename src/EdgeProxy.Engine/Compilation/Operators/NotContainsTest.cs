using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>NOT_CONTAINS</c>: a string that does not contain the operand; false for anything but strings.</summary>
internal readonly struct NotContainsTest(byte[] operand, ConditionPlace place) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 10;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) =>
        value.Kind == SlotKind.Text
        && ContainsSearch.TryCharge(frame, value.Length, operand.Length, place)
        && frame.TextOf(in value).IndexOf(operand) < 0;
}
