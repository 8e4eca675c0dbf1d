using System.Globalization;
using System.Numerics;
using System.Text;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// An integer operand of any size. Slots hold up to 18 digits as a number and more as text, so the operand has the same two
/// forms, and evaluation never creates a big integer.
/// </summary>
internal sealed class IntegerOperand
{
    private static readonly BigInteger SmallLimit = BigInteger.Pow(10, 18);

    private readonly bool _isSmall;
    private readonly long _small;
    private readonly bool _isNegative;
    private readonly byte[] _magnitude;

    public IntegerOperand(BigInteger value)
    {
        _isSmall = BigInteger.Abs(value) < SmallLimit;
        _small = _isSmall ? (long)value : 0;
        _isNegative = value.Sign < 0;
        _magnitude = Encoding.ASCII.GetBytes(BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Compares a value with the operand; returns the sign.</summary>
    public int CompareFrom(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind == SlotKind.Integer)
        {
            // A large operand is beyond every small value, on the side of its sign.
            return _isSmall ? value.Bits.CompareTo(_small) : _isNegative ? 1 : -1;
        }

        var text = frame.TextOf(in value);
        var isNegative = text[0] == (byte)'-';
        if (_isSmall || isNegative != _isNegative)
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
