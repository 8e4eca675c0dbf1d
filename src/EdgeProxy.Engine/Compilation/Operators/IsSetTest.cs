using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>IS_SET</c>: there is a value.</summary>
internal readonly struct IsSetTest : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 1;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) => value.Kind != SlotKind.None;
}
