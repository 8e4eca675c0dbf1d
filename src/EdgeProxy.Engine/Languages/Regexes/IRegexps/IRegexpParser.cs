using System.Text;
using EdgeProxy.Engine.Languages.Parsing;
using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

/// <summary>
/// Reads I-Regexp by recursive descent along the grammar of RFC 9485, which is strict: what it does not know, such as
/// <c>\d</c> or <c>(?:</c>, is no pattern. By the letter of the RFC <c>^</c> and <c>$</c> are ordinary characters, but
/// its mappings to other dialects pass them on, the public compliance tests of JSONPath expect anchors, and so does
/// everybody else; anchors they are. Methods are named after the rules of the grammar and return null where the text does
/// not fit. Used once.
/// </summary>
internal sealed partial class IRegexpParser(string pattern)
{
    /// <summary>The maximum nesting depth of groups; the grammar has no limit, the stack has one.</summary>
    private const int MaxDepth = 64;

    /// <summary>
    /// The maximum length of a pattern, for what the size of its program does not include: the parts of its sets.
    /// </summary>
    private const int MaxLength = 4_000;

    private static readonly CodePointSet AnyButLineEnds = CharacterSets.AllBut([('\n', '\n'), ('\r', '\r')]);

    private readonly TextCursor _cursor = new(pattern);
    private readonly UnicodeCategories _categories = new();
    private int _depth;

    /// <summary>The pattern, or null if this is no I-Regexp, or too long a one.</summary>
    public PatternNode? Parse()
    {
        var root = pattern.Length <= MaxLength ? Alternation() : null;
        return _cursor.AtEnd ? root : null;
    }

    /// <summary><c>i-regexp</c>: branches, of which one has to match.</summary>
    private PatternNode? Alternation()
    {
        var branches = new List<PatternNode>();
        do
        {
            if (Branch() is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
        }
        while (_cursor.TryTake('|'));

        return branches.Count == 1 ? branches[0] : new Alternation(branches);
    }

    private Sequence? Branch()
    {
        var pieces = new List<PatternNode>();
        while (!_cursor.AtEnd && _cursor.Current is not ('|' or ')'))
        {
            if (Atom() is not { } atom || Quantified(atom) is not { } piece)
            {
                return null;
            }

            pieces.Add(piece);
        }

        return new Sequence(pieces);
    }

    private PatternNode? Atom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return Group();
            case '.':
                _cursor.Advance();
                return new Characters(AnyButLineEnds);
            case '^':
                _cursor.Advance();
                return new Anchor(AnchorKind.TextStart);
            case '$':
                _cursor.Advance();
                return new Anchor(AnchorKind.TextEnd);
            case '[' or '\\':
                return Set() is { } set ? new Characters(set) : null;
            case '*' or '+' or '?' or '{' or '}' or ']':
                return null;
            default:
                return _cursor.TryTakeRune(out var character) ? new Characters(Only(character)) : null;
        }
    }

    /// <summary>Parses a group in parentheses; groups do not capture.</summary>
    private PatternNode? Group()
    {
        _cursor.Advance();
        _depth++;
        if (_depth > MaxDepth || Alternation() is not { } inside || !_cursor.TryTake(')'))
        {
            return null;
        }

        _depth--;
        return inside;
    }

    private static CodePointSet Only(Rune character) => new([(character.Value, character.Value)]);
}
