using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>IN</c>: a string, or an integer as text, is in the list. Doubles and booleans never are.</summary>
internal readonly struct InTest(Utf8Index list) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 10;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind is not (SlotKind.Text or SlotKind.Integer or SlotKind.BigInteger))
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[DoubleText.MaxLength];
        return list.Find(frame.AsText(in value, scratch)) >= 0;
    }
}
