using System.Globalization;

namespace EdgeProxy.Engine.Regexes.IRegexps;

internal sealed partial class IRegexpParser
{
    /// <summary><c>quantifier</c>, which does not have to be there; none follows another.</summary>
    private List<Instruction>? Quantified(List<Instruction> atom)
    {
        switch (_cursor.Current)
        {
            case '*':
                _cursor.Advance();
                return ProgramParts.Repeat(atom, 0, null);
            case '+':
                _cursor.Advance();
                return ProgramParts.Repeat(atom, 1, null);
            case '?':
                _cursor.Advance();
                return ProgramParts.Repeat(atom, 0, 1);
            case '{':
                _cursor.Advance();
                return TryTimes(out var least, out var most) ? ProgramParts.Repeat(atom, least, most) : null;
            default:
                return atom;
        }
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, from behind the brace.</summary>
    private bool TryTimes(out int least, out int? most)
    {
        most = null;
        if (!TryCount(out least))
        {
            return false;
        }

        if (!_cursor.TryTake(','))
        {
            most = least;
        }
        else if (_cursor.Current != '}')
        {
            if (!TryCount(out var count) || count < least)
            {
                return false;
            }

            most = count;
        }

        return _cursor.TryTake('}');
    }

    private bool TryCount(out int count) =>
        int.TryParse(_cursor.TakeWhile(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
