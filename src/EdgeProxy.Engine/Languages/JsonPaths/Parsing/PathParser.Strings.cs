using System.Text;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

internal sealed partial class PathParser
{
    /// <summary>
    /// <c>member-name-shorthand</c>, as the library of the reference engine reads it: with hyphens after the first character,
    /// and without characters beyond U+FFFF. Names with other characters have to be quoted.
    /// </summary>
    private string? MemberNameShorthand()
    {
        if (char.IsAsciiDigit(_cursor.Current))
        {
            return Fail<string>("name that begins with a digit");
        }

        if (_cursor.Current == '-')
        {
            return Fail<string>("name that begins with a hyphen");
        }

        var name = _cursor.TakeWhile(static unit =>
            unit is '_' or '-' || char.IsAsciiLetterOrDigit(unit) || (!char.IsAscii(unit) && !char.IsSurrogate(unit)));
        return name.Length > 0 ? name.ToString() : Fail<string>("'*' or a name expected");
    }

    private string? StringLiteral()
    {
        var quote = _cursor.Current;
        _cursor.Advance();
        var value = new StringBuilder();
        while (!_cursor.TryTake(quote))
        {
            if (_cursor.TryTake('\\'))
            {
                if (!TryEscape(quote, value))
                {
                    return null;
                }
            }
            else if (_cursor.Current < ' ' || !_cursor.TryTakeRune(out var rune))
            {
                return Fail<string>(_cursor.AtEnd ? "closing quote expected" : "character that must be escaped");
            }
            else
            {
                value.Append(rune);
            }
        }

        return value.ToString();
    }

    /// <summary>
    /// Parses an escape sequence after its backslash. Only the quote that delimits the string may be escaped, the other may
    /// not.
    /// </summary>
    private bool TryEscape(char quote, StringBuilder value)
    {
        var unescaped = _cursor.Current switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' => '/',
            '\\' => '\\',
            var other when other == quote => quote,
            _ => '\0',
        };
        if (unescaped != '\0')
        {
            _cursor.Advance();
            value.Append(unescaped);
            return true;
        }

        if (!_cursor.TryTake('u') || !TryHexUnit(out var unit) || char.IsLowSurrogate(unit))
        {
            return Fail("no such escape");
        }

        value.Append(unit);
        if (!char.IsHighSurrogate(unit))
        {
            return true;
        }

        if (!_cursor.TryTake("\\u") || !TryHexUnit(out var low) || !char.IsLowSurrogate(low))
        {
            return Fail("second half of a surrogate pair expected");
        }

        value.Append(low);
        return true;
    }

    private bool TryHexUnit(out char unit)
    {
        const int Digits = 4;
        var value = 0;
        for (var i = 0; i < Digits; i++)
        {
            if (!char.IsAsciiHexDigit(_cursor.Current))
            {
                unit = default;
                return false;
            }

            value = (value << 4) | Convert.ToInt32(_cursor.Current.ToString(), 16);
            _cursor.Advance();
        }

        unit = (char)value;
        return true;
    }
}
