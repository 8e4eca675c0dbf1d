using static EdgeProxy.Engine.PythonRegexes.PatternNode;

namespace EdgeProxy.Engine.PythonRegexes;

internal sealed partial class PatternParser
{
    private PatternNode ParseEscape(PatternToken token, PatternFlags flags)
    {
        if (TryGetClass(token, out var characterClass))
        {
            return new Characters(CodePointSetBuilder.OfClass(characterClass, flags));
        }

        var isAscii = flags.HasFlag(PatternFlags.Ascii);
        return token.Value switch
        {
            'A' => new Anchor(AnchorKind.TextStart),
            'Z' => new Anchor(AnchorKind.TextEnd),
            'b' => new Anchor(isAscii ? AnchorKind.AsciiWordBoundary : AnchorKind.WordBoundary),
            'B' => new Anchor(isAscii ? AnchorKind.NotAsciiWordBoundary : AnchorKind.NotWordBoundary),
            '0' => Literal(ParseOctal(token, 0), flags),
            >= '1' and <= '9' => ParseNumberEscape(token, flags),
            _ => Literal(ParseCharacterEscape(token), flags),
        };
    }

    /// <summary>Three octal digits are a character; one or two digits are a reference to a group.</summary>
    private PatternNode ParseNumberEscape(PatternToken token, PatternFlags flags)
    {
        var number = token.Value - '0';
        var length = token.Length;
        if (_scanner.Next.IsAsciiDigit)
        {
            var second = _scanner.Take();
            if (number < 8 && second.IsOctalDigit && _scanner.Next.IsOctalDigit)
            {
                var value = number * 64 + (second.Value - '0') * 8 + (_scanner.Take().Value - '0');
                return value <= 0xFF ? Literal(value, flags) : throw OctalOutOfRange(length + 2);
            }

            number = number * 10 + second.Value - '0';
            length++;
        }

        if (number >= _groupWidths.Count)
        {
            throw _scanner.Error($"invalid group reference {number}", length - 1);
        }

        return ParseReference(number, flags, length);
    }

    /// <summary>Up to two more octal digits.</summary>
    private int ParseOctal(PatternToken token, int value)
    {
        var length = token.Length;
        for (; length < 4 && _scanner.Next.IsOctalDigit; length++)
        {
            value = value * 8 + _scanner.Take().Value - '0';
        }

        return value <= 0xFF ? value : throw OctalOutOfRange(length);
    }

    /// <summary>The escapes that mean one character inside a set and outside.</summary>
    private int ParseCharacterEscape(PatternToken token) => token.Value switch
    {
        'a' => '\a',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        'x' => ParseHex(token, 2),
        'u' => ParseHex(token, 4),
        'U' => ParseHex(token, 8),
        'N' => throw _scanner.Error("character names are not supported", token.Length),
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => throw BadEscape(token),
        _ => token.Value,
    };

    private int ParseHex(PatternToken token, int digits)
    {
        var value = 0L;
        var escape = token.ToString();
        for (var taken = 0; taken < digits; taken++)
        {
            if (!_scanner.Next.IsHexDigit)
            {
                throw _scanner.Error($"incomplete escape {escape}", escape.Length);
            }

            var digit = _scanner.Take().ToString();
            value = value * 16 + Convert.ToInt32(digit, 16);
            escape += digit;
        }

        return value <= CodePoints.Max ? (int)value : throw _scanner.Error($"bad escape {escape}", escape.Length);
    }

    private PatternException BadEscape(PatternToken token) => _scanner.Error($"bad escape {token}", token.Length);

    private PatternException OctalOutOfRange(int length) =>
        _scanner.Error("octal escape value outside of range 0-0o377", length);
}
