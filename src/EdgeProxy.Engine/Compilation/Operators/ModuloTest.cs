using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>MODULO</c>: the value modulo a divisor is a remainder, floored: with the sign of the divisor.</summary>
internal readonly struct ModuloTest(double divisor, double remainder) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 15;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) => value.Kind switch
    {
        SlotKind.Integer => Holds(value.Bits),
        SlotKind.Double or SlotKind.BigInteger => Holds(value.Double),
        SlotKind.True => Holds(1),
        SlotKind.False => Holds(0),
        _ => false,
    };

    // An integer beyond every double is infinite here, and its remainder is not a number, which equals nothing.
    private bool Holds(double value)
    {
        var result = value % divisor; // like fmod in C: the sign of the value
        if (result != 0 && (divisor < 0) != (result < 0))
        {
            result += divisor;
        }

        return result == remainder;
    }
}
