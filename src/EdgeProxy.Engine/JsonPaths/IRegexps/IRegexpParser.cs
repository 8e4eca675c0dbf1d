using System.Globalization;
using EdgeProxy.Engine.JsonPaths.Parsing;

namespace EdgeProxy.Engine.JsonPaths.IRegexps;

/// <summary>
/// Reads I-Regexp by recursive descent along the grammar of RFC 9485, which is strict: what it does not know, such as
/// <c>\d</c> or <c>(?:</c>, is not one. Its operators are .NET's too, its characters are not (see
/// <see cref="Alphabet"/>). By the letter of the RFC <c>^</c> and <c>$</c> are ordinary characters, but its mappings to
/// other dialects pass them on, the public compliance tests of JSONPath expect anchors, and so does everybody else;
/// anchors they are. Used once.
/// </summary>
internal sealed partial class IRegexpParser(string pattern)
{
    /// <summary>How deep groups may nest; the grammar has no limit, the stack has one.</summary>
    private const int MaxDepth = 64;

    /// <summary>The runtime stops at some thousand characters anyway, but only after it was asked.</summary>
    private const int MaxLength = 4_000;

    private static readonly CodePointSet AnyButLineEnds = new CodePointSet(('\n', '\n'), ('\r', '\r')).Complement();

    private readonly TextCursor _cursor = new(pattern);
    private readonly List<IRegexpPart> _parts = [];
    private readonly UnicodeCategories _categories = new();
    private int _depth;

    /// <summary>The parts of the pattern, or null if it is none.</summary>
    public IReadOnlyList<IRegexpPart>? Parse() =>
        pattern.Length <= MaxLength && TryAlternation() && _cursor.AtEnd ? _parts : null;

    /// <summary><c>i-regexp</c>: branches, of which one has to match.</summary>
    private bool TryAlternation()
    {
        while (!_cursor.AtEnd && _cursor.Current != ')')
        {
            if (_cursor.TryTake('|'))
            {
                Add("|");
            }
            else if (!TryAtom() || !TryQuantifier())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAtom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return TryGroup();
            case '.':
                _cursor.Advance();
                return Add(AnyButLineEnds);
            case '^':
                _cursor.Advance();
                return Add(@"(?:\A)");
            case '$':
                _cursor.Advance();
                return Add(@"(?:\z)");
            case '[' or '\\':
                return Set() is { } set && Add(set);
            case '*' or '+' or '?' or '{' or '}' or ']':
                return false;
            default:
                return _cursor.TryTakeRune(out var rune) && Add(new CodePointSet((rune.Value, rune.Value)));
        }
    }

    private bool TryGroup()
    {
        _cursor.Advance();
        _depth++;
        Add("(?:");
        if (_depth > MaxDepth || !TryAlternation() || !_cursor.TryTake(')'))
        {
            return false;
        }

        _depth--;
        return Add(")");
    }

    /// <summary><c>quantifier</c>, which does not have to be there; none follows another.</summary>
    private bool TryQuantifier()
    {
        var sign = _cursor.Current;
        if (sign is '*' or '+' or '?')
        {
            _cursor.Advance();
            return Add(sign.ToString());
        }

        return !_cursor.TryTake('{') || TryRange();
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, from behind the brace.</summary>
    private bool TryRange()
    {
        if (!TryCount(out var least))
        {
            return false;
        }

        var range = least.ToString(CultureInfo.InvariantCulture);
        if (_cursor.TryTake(','))
        {
            range += ",";
            if (_cursor.Current != '}')
            {
                if (!TryCount(out var most) || most < least)
                {
                    return false;
                }

                range += most.ToString(CultureInfo.InvariantCulture);
            }
        }

        return _cursor.TryTake('}') && Add($"{{{range}}}");
    }

    private bool TryCount(out int count) =>
        int.TryParse(_cursor.TakeWhile(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private bool Add(string @operator)
    {
        _parts.Add(new IRegexpPart(@operator, null));
        return true;
    }

    private bool Add(CodePointSet set)
    {
        _parts.Add(new IRegexpPart(null, set));
        return true;
    }
}
