using System.Globalization;
using System.Numerics;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>
/// The order of numbers. Whole numbers of any size and doubles compare by their exact worth, so that 2^53 + 1 is greater
/// than the double 2^53; a double is what its spelling rounds to. Time grows with the length of the spellings only,
/// which is why whole numbers are compared as they are written.
/// </summary>
internal static class NumberOrder
{
    /// <summary>Negative, zero or positive, as the left number is less, equal or greater.</summary>
    public static int Compare(ScalarValue left, ScalarValue right) => (left.Kind, right.Kind) switch
    {
        (ScalarKind.Integer, ScalarKind.Integer) => CompareIntegers(left.Text, right.Text),
        (ScalarKind.Integer, _) => CompareMixed(left.Text, right.AsDouble()),
        (_, ScalarKind.Integer) => -CompareMixed(right.Text, left.AsDouble()),
        _ => left.AsDouble().CompareTo(right.AsDouble()),
    };

    private static int CompareMixed(string integer, double number)
    {
        if (double.IsInfinity(number))
        {
            return number > 0 ? -1 : 1;
        }

        var whole = Math.Truncate(number);
        var order = CompareIntegers(integer, new BigInteger(whole).ToString(CultureInfo.InvariantCulture));
        return order != 0 ? order : whole.CompareTo(number);
    }

    /// <summary>JSON has no leading zeros: of two positive numbers the longer one is the greater.</summary>
    private static int CompareIntegers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (leftSign, rightSign) = (Sign(left), Sign(right));
        if (leftSign != rightSign || leftSign == 0)
        {
            return leftSign - rightSign;
        }

        // The sign of both is the same, so that it does not matter to the lengths; it turns the order around.
        var order = left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
        return leftSign * Math.Sign(order);
    }

    private static int Sign(ReadOnlySpan<char> integer) => integer switch
    {
        "0" or "-0" => 0,
        ['-', ..] => -1,
        _ => 1,
    };
}
