using System.Globalization;
using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

internal sealed partial class IRegexpParser
{
    /// <summary><c>quantifier</c>, which does not have to be there; none follows another.</summary>
    private PatternNode? Quantified(PatternNode atom)
    {
        switch (_cursor.Current)
        {
            case '*':
                _cursor.Advance();
                return new Repeat(atom, 0, Unlimited, RepeatMode.Greedy);
            case '+':
                _cursor.Advance();
                return new Repeat(atom, 1, Unlimited, RepeatMode.Greedy);
            case '?':
                _cursor.Advance();
                return new Repeat(atom, 0, 1, RepeatMode.Greedy);
            case '{':
                _cursor.Advance();
                return TryTimes(out var min, out var max) ? new Repeat(atom, min, max, RepeatMode.Greedy) : null;
            default:
                return atom;
        }
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, from behind the brace.</summary>
    private bool TryTimes(out uint min, out uint max)
    {
        max = Unlimited;
        if (!TryCount(out min))
        {
            return false;
        }

        if (!_cursor.TryTake(','))
        {
            max = min;
        }
        else if (_cursor.Current != '}' && (!TryCount(out max) || max < min))
        {
            return false;
        }

        return _cursor.TryTake('}');
    }

    /// <summary>Far fewer than <see cref="Unlimited"/>, which none of these may be taken for.</summary>
    private bool TryCount(out uint count)
    {
        var digits = _cursor.TakeWhile(char.IsAsciiDigit);
        var isCount = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        count = (uint)number;
        return isCount;
    }
}
