using System.Globalization;
using System.Numerics;
using System.Text;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// An integer operand of more than 18 digits. Slots hold up to 18 digits as a number and more as text, so the operand has the
/// same two forms, and evaluation never creates a big integer.
/// </summary>
internal sealed class LargeInteger
{
    /// <summary>The first integer that is large.</summary>
    public static readonly BigInteger Limit = BigInteger.Pow(10, 18);

    private readonly bool _isNegative;
    private readonly byte[] _magnitude;

    public LargeInteger(BigInteger value)
    {
        _isNegative = value.Sign < 0;
        _magnitude = Encoding.ASCII.GetBytes(BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Compares a value with the operand; returns the sign.</summary>
    public int CompareFrom(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind == SlotKind.Integer)
        {
            return _isNegative ? 1 : -1; // beyond every small value, on the side of its sign
        }

        var text = frame.TextOf(in value);
        var isNegative = text[0] == (byte)'-';
        if (isNegative != _isNegative)
        {
            return isNegative ? -1 : 1;
        }

        var magnitude = isNegative ? text[1..] : text;
        var order = magnitude.Length != _magnitude.Length
            ? magnitude.Length.CompareTo(_magnitude.Length)
            : magnitude.SequenceCompareTo(_magnitude);
        return isNegative ? -order : order;
    }
}
