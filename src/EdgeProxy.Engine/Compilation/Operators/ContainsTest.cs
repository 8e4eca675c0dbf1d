using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// <c>CONTAINS</c>: a string that contains the operand, ordinal. In UTF-8 no character starts inside another, so bytes can
/// be searched.
/// </summary>
internal readonly struct ContainsTest(byte[] operand, ConditionPlace place) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 10;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) =>
        value.Kind == SlotKind.Text
        && ContainsSearch.TryCharge(frame, value.Length, operand.Length, place)
        && frame.TextOf(in value).IndexOf(operand) >= 0;
}
