using System.Text;
using EdgeProxy.Engine.JsonPaths.Parsing;

namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>
/// Compiles I-Regexp by recursive descent along the grammar of RFC 9485, which is strict: what it does not know, such as
/// <c>\d</c> or <c>(?:</c>, is no pattern. By the letter of the RFC <c>^</c> and <c>$</c> are ordinary characters, but
/// its mappings to other dialects pass them on, the public compliance tests of JSONPath expect anchors, and so does
/// everybody else; anchors they are. Methods are named after the rules of the grammar and return null where the text does
/// not fit. Used once.
/// </summary>
internal sealed partial class IRegexpParser(string pattern)
{
    /// <summary>How deep groups may nest; the grammar has no limit, the stack has one.</summary>
    private const int MaxDepth = 64;

    /// <summary>How long a pattern may be, for what is not in the size of its program: what its sets are made of.</summary>
    private const int MaxLength = 4_000;

    private static readonly CodePointSet AnyButLineEnds = new CodePointSet(('\n', '\n'), ('\r', '\r')).Complement();

    private readonly TextCursor _cursor = new(pattern);
    private readonly UnicodeCategories _categories = new();
    private int _depth;

    /// <summary>The program, or null if this is no I-Regexp, or too large a one.</summary>
    public IReadOnlyList<Instruction>? Parse()
    {
        var program = pattern.Length <= MaxLength ? Alternation() : null;
        return _cursor.AtEnd ? program : null;
    }

    /// <summary><c>i-regexp</c>: branches, of which one has to match.</summary>
    private List<Instruction>? Alternation()
    {
        var branches = new List<List<Instruction>>();
        do
        {
            if (Branch() is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
        }
        while (_cursor.TryTake('|'));

        return ProgramParts.Choice(branches);
    }

    private List<Instruction>? Branch()
    {
        var branch = new List<Instruction>();
        while (!_cursor.AtEnd && _cursor.Current is not ('|' or ')'))
        {
            if (Atom() is not { } atom || Quantified(atom) is not { } piece)
            {
                return null;
            }

            branch.AddRange(piece);
            if (branch.Count > ProgramParts.MaxSize)
            {
                return null;
            }
        }

        return branch;
    }

    private List<Instruction>? Atom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return Group();
            case '.':
                _cursor.Advance();
                return Take(AnyButLineEnds);
            case '^':
                _cursor.Advance();
                return [new Instruction(Opcode.Start)];
            case '$':
                _cursor.Advance();
                return [new Instruction(Opcode.End)];
            case '[' or '\\':
                return Set() is { } set ? Take(set) : null;
            case '*' or '+' or '?' or '{' or '}' or ']':
                return null;
            default:
                return _cursor.TryTakeRune(out var character) ? Take(Only(character)) : null;
        }
    }

    private List<Instruction>? Group()
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

    private static List<Instruction> Take(CodePointSet set) => [new Instruction(Opcode.Character, set)];

    private static CodePointSet Only(Rune character) => new((character.Value, character.Value));
}
