using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>IS_NOT_SET</c>: there is no value.</summary>
internal readonly struct IsNotSetTest : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 1;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) => value.Kind == SlotKind.None;
}
