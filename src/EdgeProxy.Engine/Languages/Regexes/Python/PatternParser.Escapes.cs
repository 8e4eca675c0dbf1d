using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

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
            '0' => Literal(ParseOctal(token), flags),
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
                return Literal(ParseOctal(token, second), flags);
            }

            number = number * 10 + second.Value - '0';
            length++;
        }

        return number < _groupWidths.Count
            ? ParseReference(number, flags, length)
            : throw _scanner.Error($"invalid group reference {number}", length - 1);
    }

    /// <summary>A character by up to three octal digits; the second may have been read already.</summary>
    private int ParseOctal(PatternToken first, PatternToken? second = null)
    {
        var escape = $"{first}{second}";
        while (escape.Length < 4 && _scanner.Next.IsOctalDigit)
        {
            escape += _scanner.Take();
        }

        var value = Convert.ToInt32(escape[1..], 8);
        return value <= 0xFF
            ? value
            : throw _scanner.Error($"octal escape value {escape} outside of range 0-0o377", escape.Length);
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
}
