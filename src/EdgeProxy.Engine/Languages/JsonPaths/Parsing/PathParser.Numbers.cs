using System.Globalization;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

internal sealed partial class PathParser
{
    /// <summary>Indexes stay within what a double holds exactly (RFC 9535, 2.1): 2^53 - 1 either way.</summary>
    private const long MaxInteger = (1L << 53) - 1;

    /// <summary>An optional <c>int</c>: null where neither a digit nor a minus sign is; false where one is but no int.</summary>
    private bool TryInteger(out long? integer)
    {
        integer = null;
        var start = _cursor.Offset;
        var digits = _cursor.TakeWhile(static unit => unit == '-' || char.IsAsciiDigit(unit));
        if (digits.IsEmpty)
        {
            return true;
        }

        var valid = JsonNumber.IsValid(digits) && digits is not "-0";
        if (valid
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value is >= -MaxInteger and <= MaxInteger)
        {
            integer = value;
            return true;
        }

        return Fail(valid ? "integer out of range" : "malformed integer", start);
    }

    /// <summary><c>number</c>, which is exactly a number of JSON. Nothing that may follow one looks like part of it.</summary>
    private ScalarValue? NumberLiteral()
    {
        var start = _cursor.Offset;
        var number = _cursor.TakeWhile(static unit => unit is '+' or '-' or '.' or 'e' or 'E' || char.IsAsciiDigit(unit));
        if (JsonNumber.IsValid(number))
        {
            return ScalarValue.FromJsonNumber(number.ToString());
        }

        Fail("malformed number", start);
        return null;
    }
}
